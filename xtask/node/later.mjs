// Which functions of the page come later, by their Rust paths: everything the form, its price and its command do not
// need. A path stands for all below it and for every generic function made for it. What is called earlier than it came
// is fetched at once and waited for, so that a wrong line here costs a moment, never the page; a test names such lines.

const LATER = [
  'wan_playground::diagnosis::',
  'wan_playground::doctor::',
  'wan_playground::embed::',
  'wan_playground::expiry::',
  'wan_playground::failure::',
  'wan_playground::import::',
  'wan_playground::link::carry::',
  'wan_playground::link::file::',
  'wan_playground::link::find::',
  'wan_playground::link::packed::',
  'wan_playground::link::print::',
  'wan_playground::protocol::acedata::outcome',
  'wan_playground::protocol::back::',
  'wan_playground::protocol::fault',
  'wan_playground::protocol::read',
  'wan_playground::protocol::recipe',
  'wan_playground::reading::',
  'wan_playground::redact::',
  'wan_playground::report::',
  'wan_playground::schedule::',
  'wan_playground::snapshot::',
  'wan_playground::snippet::cmd::',
  'wan_playground::snippet::fish::',
  'wan_playground::snippet::powershell::',
  'wan_playground::snippet::program::',
  'wan_playground::snippet::print_program',
  'wan_playground::snippet::with_key',
  'wan_playground::takeup::',
  'wan_playground::task::',
  'wan_playground::web::diagnosis::',
  'wan_playground::web::embed::',
  'wan_playground::web::fetch::',
  'wan_playground::web::files::',
  'wan_playground::web::journal::',
  'wan_playground::web::js::',
  'wan_playground::web::kept::',
  'wan_playground::web::report::',
  'wan_playground::web::route::closed',
  'wan_playground::web::route::set',
  'wan_playground::web::route::switch',
  'wan_playground::web::runner::',
  'wan_playground::web::saved::',
  'wan_playground::web::share::',
  'wan_playground::web::takeup',
  'wan_playground::web::voice::',
  'wan_playground::web::view::byhand',
  'wan_playground::web::view::dialogs::',
  'wan_playground::web::view::diagnosis::fill',
  'wan_playground::web::view::diagnosis::panel',
  'wan_playground::web::view::doubt',
  'wan_playground::web::view::ending',
  'wan_playground::web::view::history',
  'wan_playground::web::view::import',
  'wan_playground::web::view::kept',
  'wan_playground::web::view::media::take_file',
  'wan_playground::web::view::parts::copy_and_say',
  'wan_playground::web::view::report::',
  'wan_playground::web::view::share::',
  'wan_playground::web::view::takeup',
  'wan_playground::web::view::task::',
  'wan_playground::web::view::tasks::',
  'wan_playground::web::wording::command::note',
  'wan_playground::web::wording::doctor',
  'wan_playground::web::wording::failure::',
  'wan_playground::web::wording::import::',
  'wan_playground::web::wording::report::',
  'wan_playground::web::wording::share::',
  'wan_playground::web::wording::takeup::misfit',
  'miniz_oxide::',
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
  /^<?alloc::(raw_)?vec::/,
  /^<?once_cell::/,
  /^<?reactive_graph::signal::(arc_)?rw::/,
  /^core::ptr::drop_in_place::<(\[|alloc::sync::Arc<std::|reactive_graph::)/,
  /^(?!js_sys::futures::future_to_promise|.*wasm_streams).*js_sys::futures::(queue|task)::/,
  /^<?futures_util::abortable::/,
  /^wan_playground::web::view::parts::copy_(button|as)/,
  /^wan_playground::web::runner::poll_rule/,
  /^wan_playground::web::view::tasks::strip(::\{closure#\d+\})?$/,
  /^(<core::iter::.*)?wan_playground::web::view::kept::reminder(::\{closure#\d+\})*(>|$)/,
  /^wan_playground::web::view::dialogs::dialog/,
  /^wan_playground::web::view::share::(opener|place)(::\{closure#\d+\})*$/,
  /^wan_playground::web::view::history::(opener|place)/,
  /^wan_playground::web::runner::keep_time(::\{closure#\d+\})?$/,
];

// Called from one place of the form, where an optimizer would take them in.
export const ENTRIES = [
  'snippet::program::print_program',
  'snippet::program::Program>::',
  'web::embed::way_out',
  'web::view::report::row',
  'web::saved::changed',
  'web::share::unpack',
  'web::view::share::notice',
  'web::view::share::open',
  'web::view::takeup::dropped',
  'web::view::takeup::open',
  'web::view::task::panel',
  'web::wording::command::note',
];

/** Whether the function of this name comes later. */
export const isLater = (name) => {
  const plain = name.replace(/\[[0-9a-f]{16}\]/g, '');
  return LATER.some((path) => plain.includes(path)) && !FIRST.some((name) => name.test(plain));
};

/** The same for a table of data, by the name of its function as the compiler writes it: `3web7wording7failure`. */
export const isLaterTable = (name) => MANGLED.some((path) => name.includes(path));

const MANGLED = LATER.map((path) =>
  path.split('::').filter((part) => part && part !== 'wan_playground').map((part) => `${part.length}${part}`).join(''),
);
