//! The parameters of each family of models.

use serde_json::Value;

use super::lineup::{Context, Durations, Generation, Kind, Model, Service, Sound};
use super::media::{PictureRule, link};
use crate::server::simulator::body::{Checked, Object, Refusal, cut};
use crate::server::simulator::clip::{self, Clip};
use crate::server::simulator::task::{Family, Order};

const NEGATIVE_PROMPT_LIMIT: usize = 500;
/// The length of an audio file is not known before it is fetched, and nothing is fetched here: every one has this
/// length.
const VOICE_MS: u32 = 10_230;
/// Reference videos count as at most five seconds.
const REFERENCE_SECONDS: u32 = 5;

/// Both halves of the body, checked for one model.
pub(super) fn read(model: &Model, context: Context, mut input: Object, mut parameters: Object) -> Checked<Order> {
    if context.service == Service::DashScope {
        // Alibaba's own Python SDK adds these to every input, and `null` when it is given no prompt.
        input.tolerate("extend_prompt");
        input.tolerate("function");
        input.null_is_absent("prompt");
    }
    let order = match model.kind {
        Kind::TextToVideo => text_to_video(model, context, &mut input, &mut parameters),
        Kind::ImageToVideo => image_to_video(model, context, &mut input, &mut parameters),
        Kind::FirstAndLastFrame => first_and_last_frame(model, context, &mut input, &mut parameters),
        Kind::Speech => speech(model, context, &mut input, &mut parameters),
        Kind::Reference => reference(model, context, &mut input, &mut parameters),
        Kind::TextToVideo27 => text_to_video_27(model, context, &mut input, &mut parameters),
        Kind::ImageToVideo27 => image_to_video_27(model, context, &mut input, &mut parameters),
        Kind::Reference27 => reference_27(model, context, &mut input, &mut parameters),
        Kind::Wan3 => wan3(model, context, &mut input, &mut parameters),
        Kind::Edit => edit(model, context, &mut input, &mut parameters),
        Kind::Motion => motion(model, context, &mut input, &mut parameters),
    }?;
    if context.service == Service::Crazyrouter {
        // Its table lists `audio` for the common body; only some models upstream use it.
        parameters.boolean("audio")?;
    }
    input.finish()?;
    parameters.finish()?;
    Ok(order)
}

/// The prompt, cut to the model's limit, and the flags that all but two families share.
struct Wish {
    prompt: Option<String>,
    rewritten: bool,
}

fn wish(model: &Model, input: &mut Object, needed: bool) -> Checked<Option<String>> {
    let limit = model.prompt_limit;
    input.string("negative_prompt")?.map(|text| cut(text, NEGATIVE_PROMPT_LIMIT));
    if needed {
        return input.required_string("prompt").map(|text| Some(cut(text, limit)));
    }
    Ok(input.string("prompt")?.map(|text| cut(text, limit)))
}

fn flags(model: &Model, parameters: &mut Object, prompt: Option<String>) -> Checked<Wish> {
    let extended = parameters.boolean("prompt_extend")?.unwrap_or(true);
    parameters.boolean("watermark")?;
    parameters.seed()?;
    let tells = matches!(model.generation, Generation::Wan22 | Generation::Wan25);
    let rewritten = extended && tells && prompt.is_some();
    Ok(Wish { prompt, rewritten })
}

fn shot_type(model: &Model, context: Context, parameters: &mut Object) -> Checked<()> {
    if model.generation == Generation::Wan26 && context.service != Service::Crazyrouter {
        parameters.word("shot_type", &["single", "multi"])?;
    }
    Ok(())
}

fn text_to_video(model: &Model, context: Context, input: &mut Object, parameters: &mut Object) -> Checked<Order> {
    let prompt = wish(model, input, true)?;
    if model.sound != Sound::Never {
        optional_link(context, input, "audio_url")?;
    }
    let by_resolution = match context.service {
        Service::Crazyrouter => resolution(model, parameters)?,
        Service::DashScope | Service::OpeNative => None,
    };
    let clip = match size(model, parameters)? {
        Some(clip) => clip,
        None => clip::of_shape(by_resolution.unwrap_or(model.default_tier), 16, 9),
    };
    let seconds = model.durations.read(parameters)?;
    shot_type(model, context, parameters)?;
    let family = if model.generation == Generation::Wan22 { Family::Text22 } else { Family::Text };
    flags(model, parameters, prompt).map(|wish| order(model, wish, clip, seconds * 1000, family))
}

fn image_to_video(model: &Model, context: Context, input: &mut Object, parameters: &mut Object) -> Checked<Order> {
    let prompt = wish(model, input, false)?;
    let limit_mb = if model.generation == Generation::Wan22 { 10 } else { 20 };
    let shape = required_picture(context, input, "img_url", limit_mb)?;
    if model.generation != Generation::Wan22 {
        optional_link(context, input, "audio_url")?;
    }
    input.string("template")?;
    let tier = resolution(model, parameters)?.unwrap_or(model.default_tier);
    let seconds = model.durations.read(parameters)?;
    // The references define `audio` for the flash model alone; Alibaba's own clients send it to the others of 2.5 and
    // 2.6 too, where it has no effect.
    let audio = match model.generation {
        Generation::Wan25 | Generation::Wan26 => parameters.boolean("audio")?,
        Generation::Wan22 | Generation::Wan27 | Generation::Wan30 => None,
    };
    shot_type(model, context, parameters)?;
    let family = if model.generation == Generation::Wan22 { Family::Image22 } else { Family::Image };
    let wish = flags(model, parameters, prompt)?;
    let silent = model.sound == Sound::Asked && audio == Some(false);
    let order = order(model, wish, by_shape(tier, shape), seconds * 1000, family);
    Ok(Order { sound: order.sound && !silent, ..order })
}

fn first_and_last_frame(
    model: &Model,
    context: Context,
    input: &mut Object,
    parameters: &mut Object,
) -> Checked<Order> {
    let prompt = wish(model, input, false)?;
    let shape = required_picture(context, input, "first_frame_url", 10)?;
    if let Some(text) = input.string("last_frame_url")? {
        PictureRule { limit_mb: 10, bounded_ratio: false }.read(context, &input.path_of("last_frame_url"), text)?;
    }
    input.string("template")?;
    let tier = resolution(model, parameters)?.unwrap_or(model.default_tier);
    let seconds = model.durations.read(parameters)?;
    flags(model, parameters, prompt)
        .map(|wish| order(model, wish, by_shape(tier, shape), seconds * 1000, Family::Frames))
}

fn speech(model: &Model, context: Context, input: &mut Object, parameters: &mut Object) -> Checked<Order> {
    if context.service == Service::Crazyrouter {
        // Its own example has a prompt and a duration, which the model upstream does not know.
        input.string("prompt")?;
        model.durations.read(parameters)?;
    }
    let shape = required_picture(context, input, "image_url", 20)?;
    let voice = input.required_string("audio_url")?;
    link(context, &input.path_of("audio_url"), voice)?;
    let tier = resolution(model, parameters)?.unwrap_or(model.default_tier);
    let wish = Wish { prompt: None, rewritten: false };
    Ok(order(model, wish, by_shape(tier, shape), VOICE_MS, Family::Speech))
}

fn reference(model: &Model, context: Context, input: &mut Object, parameters: &mut Object) -> Checked<Order> {
    let prompt = wish(model, input, true)?;
    // `reference_video_urls` is the older name, for videos only.
    let (key, urls) = match (input.array("reference_urls")?, input.array("reference_video_urls")?) {
        (Some(_), Some(_)) => return input.refuse("reference_video_urls", "cannot stand beside reference_urls"),
        (Some(urls), None) => ("reference_urls", urls),
        (None, Some(urls)) => ("reference_video_urls", urls),
        (None, None) => return input.refuse("reference_urls", "is required"),
    };
    if !(1..=5).contains(&urls.len()) {
        return input.refuse(key, "must hold 1 to 5 links");
    }
    let mut videos = 0;
    for (at, url) in urls.iter().enumerate() {
        let path = format!("{}[{at}]", input.path_of(key));
        let Value::String(url) = url else { return Err(Refusal::new(path, "must be a string")) };
        link(context, &path, url)?;
        videos += usize::from(key == "reference_video_urls" || names_a_video(url));
    }
    if videos > 3 {
        return input.refuse(key, "must not hold more than 3 videos");
    }
    let clip = size(model, parameters)?.unwrap_or_else(|| clip::of_shape(model.default_tier, 16, 9));
    let seconds = model.durations.read(parameters)?;
    let audio = if model.sound == Sound::Asked { parameters.boolean("audio")? } else { None };
    shot_type(model, context, parameters)?;
    parameters.boolean("watermark")?;
    parameters.seed()?;
    let order = order(model, Wish { prompt, rewritten: false }, clip, seconds * 1000, Family::Reference);
    let input_seconds = if videos > 0 { REFERENCE_SECONDS } else { 0 };
    Ok(Order { sound: audio != Some(false), input_seconds, ..order })
}

fn text_to_video_27(model: &Model, context: Context, input: &mut Object, parameters: &mut Object) -> Checked<Order> {
    let prompt = wish(model, input, true)?;
    optional_link(context, input, "audio_url")?;
    let tier = resolution(model, parameters)?.unwrap_or(model.default_tier);
    let clip = ratio(parameters, tier)?;
    let seconds = model.durations.read(parameters)?;
    flags(model, parameters, prompt).map(|wish| order(model, wish, clip, seconds * 1000, Family::Wan27))
}

/// The six sets of media that wan2.7-i2v takes, each in the order of [`FRAME_KINDS`].
const FRAME_SETS: [&[&str]; 6] = [
    &["first_frame"],
    &["first_frame", "driving_audio"],
    &["first_frame", "last_frame"],
    &["first_frame", "last_frame", "driving_audio"],
    &["first_clip"],
    &["last_frame", "first_clip"],
];
const FRAME_KINDS: [&str; 4] = ["first_frame", "last_frame", "driving_audio", "first_clip"];

fn image_to_video_27(model: &Model, context: Context, input: &mut Object, parameters: &mut Object) -> Checked<Order> {
    let prompt = wish(model, input, false)?;
    let mut shape = None;
    let mut kinds = Vec::new();
    let Some(media) = input.array("media")? else { return input.refuse("media", "is required") };
    for (at, item) in media.iter().enumerate() {
        let mut item = Object::of(item, format!("{}[{at}]", input.path_of("media")))?;
        let Some(kind) = item.word("type", &FRAME_KINDS)? else { return item.refuse("type", "is required") };
        let url = item.required_string("url")?;
        let path = item.path_of("url");
        if kind.ends_with("_frame") {
            let known = PictureRule { limit_mb: 20, bounded_ratio: true }.read(context, &path, url)?;
            shape = if kind == "first_frame" { known } else { shape };
        } else {
            link(context, &path, url)?;
        }
        if kinds.contains(&kind) {
            return item.refuse("type", "may stand only once");
        }
        kinds.push(kind);
        item.finish()?;
    }
    let set: Vec<&str> = FRAME_KINDS.into_iter().filter(|kind| kinds.contains(kind)).collect();
    if !FRAME_SETS.contains(&set.as_slice()) {
        return input.refuse("media", format!("[{}] is not a combination the model takes", kinds.join(", ")));
    }
    let tier = resolution(model, parameters)?.unwrap_or(model.default_tier);
    let seconds = model.durations.read(parameters)?;
    flags(model, parameters, prompt)
        .map(|wish| order(model, wish, by_shape(tier, shape), seconds * 1000, Family::Wan27))
}

fn reference_27(model: &Model, context: Context, input: &mut Object, parameters: &mut Object) -> Checked<Order> {
    let prompt = wish(model, input, true)?;
    let Some(media) = input.array("media")? else { return input.refuse("media", "is required") };
    let (mut references, mut videos, mut frames) = (0, 0, 0);
    for (at, item) in media.iter().enumerate() {
        let mut item = Object::of(item, format!("{}[{at}]", input.path_of("media")))?;
        let kinds = ["reference_image", "reference_video", "first_frame"];
        let Some(kind) = item.word("type", &kinds)? else { return item.refuse("type", "is required") };
        let url = item.required_string("url")?;
        let path = item.path_of("url");
        if kind == "reference_video" {
            link(context, &path, url)?;
            videos += 1;
        } else {
            PictureRule { limit_mb: 20, bounded_ratio: true }.read(context, &path, url)?;
        }
        if kind == "first_frame" {
            frames += 1;
        } else {
            references += 1;
        }
        optional_link(context, &mut item, "reference_voice")?;
        item.finish()?;
    }
    if !(1..=5).contains(&references) {
        return input.refuse("media", "must hold 1 to 5 reference images and videos");
    }
    if frames > 1 {
        return input.refuse("media", "must not hold more than one first_frame");
    }
    let tier = resolution(model, parameters)?.unwrap_or(model.default_tier);
    let clip = ratio(parameters, tier)?;
    let durations = if videos > 0 { Durations::From(2, 10) } else { model.durations };
    let seconds = durations.read(parameters)?;
    let wish = flags(model, parameters, prompt)?;
    let input_seconds = if videos > 0 { REFERENCE_SECONDS } else { 0 };
    Ok(Order { input_seconds, ..order(model, wish, clip, seconds * 1000, Family::Wan27) })
}

/// The `type` strings of `media` for wan3.0: whether they are frames, and how many there may be.
const MEDIA_30: [(&str, usize); 7] = [
    ("first_frame", 1),
    ("last_frame", 1),
    ("reference_image", 10),
    ("reference_video", 5),
    ("reference_audio", 5),
    ("file", 1),
    ("link", 1),
];
const MOST_MEDIA: usize = 20;
const TWO_MODES: &str =
    "The two modes are mutually exclusive. Do not pass reference_xx and first_frame/last_frame at the same time.";
/// The duration when it is left to the model.
const CHOSEN_SECONDS: u32 = 8;

fn wan3(model: &Model, context: Context, input: &mut Object, parameters: &mut Object) -> Checked<Order> {
    let prompt = input.string("prompt")?.map(|text| cut(text, model.prompt_limit));
    let media = input.array("media")?.unwrap_or_default();
    if prompt.is_none() && media.is_empty() {
        return input.refuse("prompt", "is required where there are no media");
    }
    if media.len() > MOST_MEDIA {
        return input.refuse("media", "must not hold more than 20 entries");
    }
    let mut shape = None;
    let mut counts = [0; MEDIA_30.len()];
    for (at, item) in media.iter().enumerate() {
        let mut item = Object::of(item, format!("{}[{at}]", input.path_of("media")))?;
        let Some(kind) = item.word("type", &MEDIA_30.map(|(word, _)| word))? else {
            return item.refuse("type", "is required");
        };
        let url = item.required_string("url")?;
        let path = item.path_of("url");
        if kind.ends_with("_frame") || kind == "reference_image" {
            let known = PictureRule { limit_mb: 20, bounded_ratio: true }.read(context, &path, url)?;
            shape = if kind == "first_frame" { known } else { shape };
        } else {
            link(context, &path, url)?;
        }
        for (count, (word, most)) in counts.iter_mut().zip(MEDIA_30) {
            *count += usize::from(word == kind);
            if *count > most {
                return item.refuse("type", format!("must not stand more than {most} times"));
            }
        }
        item.finish()?;
    }
    let [first, last, images, videos, sounds, files, links] = counts;
    let references = images + videos + sounds + files + links;
    let exclusive = (first + last > 0 && references > 0) || (files > 0 && links > 0);
    let refusal = match (exclusive, last > first) {
        (true, _) => Some(TWO_MODES),
        (false, true) => Some("Field required: input.media.first_frame"),
        (false, false) => None,
    };
    let tier = resolution(model, parameters)?.unwrap_or(model.default_tier);
    let ratios = ["adaptive", "21:9", "16:9", "4:3", "1:1", "3:4", "9:16"];
    let clip = match parameters.word("ratio", &ratios)?.unwrap_or("adaptive") {
        "adaptive" => by_shape(tier, shape),
        ratio => {
            let sides =
                ratio.split_once(':').map(|(wide, high)| (wide.parse().unwrap_or(1), high.parse().unwrap_or(1)));
            by_shape(tier, sides)
        }
    };
    let seconds = model.durations.read_open(parameters, -1, 5)?.unwrap_or(CHOSEN_SECONDS);
    let sound = parameters.boolean("audio")?.unwrap_or(true);
    let extended = parameters.boolean("prompt_extend")?.unwrap_or(true);
    if !extended && files + links > 0 {
        return parameters.refuse("prompt_extend", "must be true with a file or a link");
    }
    parameters.boolean("watermark")?;
    match parameters.integer("seed")? {
        None | Some(-1..=2_147_483_647) => {}
        Some(_) => return parameters.refuse("seed", "must be -1 or from 0 to 2147483647"),
    }
    let input_seconds = if videos > 0 { REFERENCE_SECONDS } else { 0 };
    let order = order(model, Wish { prompt, rewritten: false }, clip, seconds * 1000, Family::Wan30);
    Ok(Order { sound, input_seconds, refusal: refusal.map(str::to_owned), ..order })
}

/// wan2.7-videoedit: one source video, and reference images.
fn edit(model: &Model, context: Context, input: &mut Object, parameters: &mut Object) -> Checked<Order> {
    let prompt = wish(model, input, false)?;
    let Some(media) = input.array("media")? else { return input.refuse("media", "is required") };
    let (mut videos, mut images) = (0, 0);
    for (at, item) in media.iter().enumerate() {
        let mut item = Object::of(item, format!("{}[{at}]", input.path_of("media")))?;
        let Some(kind) = item.word("type", &["video", "reference_image"])? else {
            return item.refuse("type", "is required");
        };
        let url = item.required_string("url")?;
        let path = item.path_of("url");
        if kind == "video" {
            link(context, &path, url)?;
            videos += 1;
        } else {
            PictureRule { limit_mb: 20, bounded_ratio: true }.read(context, &path, url)?;
            images += 1;
        }
        item.finish()?;
    }
    if videos != 1 || images > 4 {
        return input.refuse("media", "must hold exactly one video and at most 4 reference images");
    }
    let tier = resolution(model, parameters)?.unwrap_or(model.default_tier);
    let clip = ratio(parameters, tier)?;
    let seconds = model.durations.read_open(parameters, 0, 0)?.unwrap_or(REFERENCE_SECONDS);
    parameters.word("audio_setting", &["auto", "origin"])?;
    let wish = flags(model, parameters, prompt)?;
    let order = order(model, wish, clip, seconds * 1000, Family::Wan27);
    Ok(Order { input_seconds: REFERENCE_SECONDS, ..order })
}

/// wan2.2-animate: an image and a video; the duration is the video's.
fn motion(model: &Model, context: Context, input: &mut Object, parameters: &mut Object) -> Checked<Order> {
    for key in ["image_url", "video_url"] {
        let url = input.required_string(key)?;
        link(context, &input.path_of(key), url)?;
    }
    input.boolean("watermark")?;
    let Some(mode) = parameters.word("mode", &["wan-std", "wan-pro"])? else {
        return parameters.refuse("mode", "is required");
    };
    parameters.boolean("check_image")?;
    let clip = clip::of_shape(model.default_tier, 16, 9);
    let wish = Wish { prompt: None, rewritten: false };
    let order = order(model, wish, clip, REFERENCE_SECONDS * 1000, Family::Motion);
    let family = if mode == "wan-pro" { Family::MotionPro } else { Family::Motion };
    Ok(Order { family, ..order })
}

fn order(model: &Model, wish: Wish, clip: &'static Clip, output_ms: u32, family: Family) -> Order {
    Order {
        model: model.name.to_owned(),
        prompt: wish.prompt,
        rewritten: wish.rewritten,
        clip,
        output_ms,
        input_seconds: 0,
        sound: model.sound != Sound::Never,
        family,
        refusal: None,
    }
}

/// The shape of the image where its size is known, else 16:9.
fn by_shape(tier: u32, shape: Option<(u32, u32)>) -> &'static Clip {
    let (width, height) = shape.unwrap_or((16, 9));
    clip::of_shape(tier, width, height)
}

fn names_a_video(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    [".mp4", ".mov"].iter().any(|ending| path.ends_with(ending))
}

fn required_picture(
    context: Context,
    input: &mut Object,
    key: &'static str,
    limit_mb: usize,
) -> Checked<Option<(u32, u32)>> {
    let text = input.required_string(key)?;
    PictureRule { limit_mb, bounded_ratio: false }.read(context, &input.path_of(key), text)
}

fn optional_link(context: Context, input: &mut Object, key: &'static str) -> Checked<()> {
    match input.string(key)? {
        Some(text) => link(context, &input.path_of(key), text),
        None => Ok(()),
    }
}

/// `parameters.resolution`, in upper case as the service requires.
fn resolution(model: &Model, parameters: &mut Object) -> Checked<Option<u32>> {
    let Some(word) = parameters.string("resolution")? else { return Ok(None) };
    if let Some(tier) = model.tiers.iter().find(|tier| format!("{tier}P") == word) {
        return Ok(Some(*tier));
    }
    let words: Vec<String> = model.tiers.iter().map(|tier| format!("{tier}P")).collect();
    parameters.refuse("resolution", format!("must be one of {}", words.join(", ")))
}

/// `parameters.size` as `width*height`, one of the model's list.
fn size(model: &Model, parameters: &mut Object) -> Checked<Option<&'static Clip>> {
    let Some(text) = parameters.string("size")? else { return Ok(None) };
    // 1104 and 1648 pixels are what wan2.7 produces for a ratio; they cannot be requested.
    let listed = clip::CLIPS.iter().filter(|clip| ![1104, 1648].contains(&clip.width.max(clip.height)));
    match listed.filter(|clip| model.tiers.contains(&clip.tier)).find(|clip| clip.size_text('*') == text) {
        Some(clip) => Ok(Some(clip)),
        None => parameters.refuse("size", "is not one of the sizes of this model, written as width*height"),
    }
}

fn ratio(parameters: &mut Object, tier: u32) -> Checked<&'static Clip> {
    let word = parameters.word("ratio", &["16:9", "9:16", "1:1", "4:3", "3:4"])?.unwrap_or("16:9");
    match clip::of_ratio(tier, word) {
        Some(clip) => Ok(clip),
        None => parameters.refuse("ratio", "is not offered at this resolution"),
    }
}
