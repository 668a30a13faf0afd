// Which functions of the page come later, by their Rust paths: everything the form, its price and its command do not
// need. A path stands for all below it and for every generic function made for it. What is called earlier than it came
// is fetched at once and waited for, so that a wrong line here costs a moment, never the page; a test names such lines.

const LATER = [
  'wan_playground::task::',
  'wan_playground::failure::',
  'wan_playground::schedule::',
  'wan_playground::protocol::read',
  'wan_playground::protocol::fault',
  'wan_playground::protocol::acedata::outcome',
  'wan_playground::web::runner::',
  'wan_playground::web::fetch::',
  'wan_playground::web::files::',
  'wan_playground::web::view::task::',
  'wan_playground::web::view::tasks::',
  'wan_playground::web::view::dialogs::',
  'wan_playground::web::view::media::take_file',
  'serde_json::',
  'gloo_net::',
  'wasm_streams::',
  'js_sys::futures::',
  'wasm_bindgen_futures::',
  'futures_util::',
  'futures_channel::',
  'intounderlying',
];

// What of these the form calls all the same: the start of every asynchronous effect, and the small change of the views.
const FIRST = [
  'alloc::raw_vec::',
  'alloc::vec::',
  'once_cell::',
  'reactive_graph::signal::arc_rw::',
  'reactive_graph::signal::rw::',
  'drop_in_place::<alloc::sync::Arc<std::',
  'drop_in_place::<reactive_graph::',
  'drop_in_place::<[',
  'js_sys::futures::queue::',
  'js_sys::futures::task::',
  'futures_util::abortable::',
  'wan_playground::web::view::parts::copy_button',
  'wan_playground::web::view::tasks::strip',
  'wan_playground::web::view::dialogs::dialog',
  'wan_playground::web::view::dialogs::row',
  'wan_playground::web::runner::keep_time',
];

/** Whether the function of this name comes later. */
export const isLater = (name) => {
  const plain = name.replace(/\[[0-9a-f]{16}\]/g, '');
  const has = (path) => plain.includes(path);
  return LATER.some(has) && !FIRST.some(has);
};
