import { defineConfig } from 'vitepress';

export default defineConfig({
  lang: 'zh-CN',
  title: '模型手册',
  head: [['script', { type: 'module', src: 'https://wan.example.com/embed.js' }]],
  // Vue leaves the element to the browser.
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === 'wan-playground' } } },
  themeConfig: { sidebar: [{ text: '模型', items: [{ text: '两个模型', link: '/' }, { text: '另一页', link: '/other' }] }] },
});
