// A file in the simulator's store, put there as a program would, with the key that the page has for the simulator.

/** Uploads a picture for a model and returns its oss:// link. `name` becomes part of it. */
export async function uploaded(page, model, name) {
  const base = new URL('/sim/dashscope', page.url()).href;
  const asked = await page.request.get(`${base}/api/v1/uploads?action=getPolicy&model=${model}`, {
    headers: { authorization: 'Bearer simulated-key' },
  });
  const { data } = await asked.json();
  const key = `${data.upload_dir}/${name}.png`;
  const answer = await page.request.post(data.upload_host, {
    multipart: {
      OSSAccessKeyId: data.oss_access_key_id,
      Signature: data.signature,
      policy: data.policy,
      key,
      'x-oss-object-acl': data.x_oss_object_acl,
      'x-oss-forbid-overwrite': data.x_oss_forbid_overwrite,
      success_action_status: '200',
      file: { name: `${name}.png`, mimeType: 'image/png', buffer: Buffer.from('a picture') },
    },
  });
  if (!answer.ok()) throw new Error(`the store refuses: ${answer.status()} ${await answer.text()}`);
  return `oss://${key}`;
}
