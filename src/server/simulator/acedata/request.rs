//! The body of `/wan/videos`: the parameters its page lists, and which model goes with which action.

use serde_json::Value;

use crate::server::simulator::body::{Checked, Object, Refusal, cut};
use crate::server::simulator::clip::{self, Clip};
use crate::server::simulator::task::{Family, Order};

const PROMPT_LIMIT: usize = 1500;
const PROMPT_LIMIT_30: usize = 20_000;
const MOST_MEDIA: usize = 10;
/// The duration when it is left to the model.
const CHOSEN_SECONDS: u32 = 8;
const REFERENCE_SECONDS: u32 = 5;
const WAN30: &str = "wan3.0-video";
const MEDIA_30: [&str; 7] =
    ["first_frame", "last_frame", "reference_image", "reference_video", "reference_audio", "file", "link"];
const RATIOS: [&str; 6] = ["adaptive", "16:9", "4:3", "1:1", "3:4", "9:16"];
const MODELS: [&str; 4] = ["wan2.6-t2v", "wan2.6-i2v", "wan2.6-i2v-flash", "wan2.6-r2v"];

/// A checked request.
pub(super) struct Wish {
    pub order: Order,
    /// `async: true` or a callback: only the task id is returned.
    pub answers_at_once: bool,
    pub callback: Option<String>,
}

pub(super) fn read(body: &Value) -> Checked<Wish> {
    // The gateway's own clients send `""` for what was left open, and forms that they pass on send null.
    let mut root = Object::root(body)?.blank_is_absent();
    if root.string("model")? == Some(WAN30) {
        return wan30(root);
    }
    let action = root.word("action", &["text2video", "image2video"])?;
    let Some(model) = root.word("model", &MODELS)? else { return root.refuse("model", "is required") };
    // The newer guide omits the action and shows wan2.6-r2v with text2video, as the gateway's own clients send it.
    let fits = match (action, model) {
        (None, _) | (Some(_), "wan2.6-r2v") => true,
        (Some(action), model) => (action == "text2video") == (model == "wan2.6-t2v"),
    };
    if let Some(action) = action.filter(|_| !fits) {
        return root.refuse("model", format!("{model} does not support the action {action}"));
    }
    let prompt = cut(root.required_string("prompt")?, PROMPT_LIMIT);
    root.string("negative_prompt")?;
    media(&mut root, model)?;
    let clip = picture(&mut root, model)?;
    let output_ms = match root.integer("duration")?.unwrap_or(5) {
        seconds @ 2..=15 => u32::try_from(seconds).unwrap_or(5) * 1000,
        _ => return root.refuse("duration", "must be 5, 10 or 15"),
    };
    root.word("shot_type", &["single", "multi"])?;
    let sound = root.boolean("audio")?.unwrap_or(true);
    optional_link(&mut root, "audio_url")?;
    root.boolean("prompt_extend")?;
    // The newer guide lists these for every model; its own client sends `watermark` with each call.
    root.boolean("watermark")?;
    root.seed()?;
    root.word("ratio", &RATIOS)?;
    let at_once = root.boolean("async")?.unwrap_or(false);
    let callback = optional_link(&mut root, "callback_url")?;
    root.finish()?;
    let order = Order {
        model: model.to_owned(),
        prompt: Some(prompt),
        rewritten: false,
        clip,
        output_ms,
        input_seconds: 0,
        sound,
        family: if model == "wan2.6-t2v" { Family::Text } else { Family::Image },
        refusal: None,
    };
    Ok(Wish { order, answers_at_once: at_once || callback.is_some(), callback })
}

/// wan3.0-video: media in one list, as in Alibaba's protocol.
fn wan30(mut root: Object) -> Checked<Wish> {
    root.word("action", &["text2video", "image2video"])?;
    let prompt = root.string("prompt")?.map(|text| cut(text, PROMPT_LIMIT_30));
    let media = root.array("media")?.unwrap_or_default();
    if prompt.is_none() && media.is_empty() {
        return root.refuse("prompt", "is required where there are no media");
    }
    if media.len() > MOST_MEDIA {
        return root.refuse("media", "must not hold more than 10 entries");
    }
    let mut kinds = Vec::new();
    for (at, item) in media.iter().enumerate() {
        let mut item = Object::of(item, format!("media[{at}]"))?;
        let Some(kind) = item.word("type", &MEDIA_30)? else { return item.refuse("type", "is required") };
        link(item.path_of("url"), item.required_string("url")?)?;
        item.finish()?;
        kinds.push(kind);
    }
    let frames = kinds.iter().filter(|kind| kind.ends_with("_frame")).count();
    if frames > 0 && frames < kinds.len() {
        return root.refuse("media", "must not hold references beside first_frame or last_frame");
    }
    let tier = match root.string("resolution")?.map(str::to_ascii_uppercase).as_deref() {
        None | Some("1080P") => 1080,
        Some("720P") => 720,
        Some("480P") => 480,
        Some(_) => return root.refuse("resolution", "must be 480P, 720P or 1080P"),
    };
    let ratio = root.word("ratio", &RATIOS)?.unwrap_or("adaptive");
    let (wide, high) = ratio.split_once(':').unwrap_or(("16", "9"));
    let clip = clip::of_shape(tier, wide.parse().unwrap_or(16), high.parse().unwrap_or(9));
    let output_ms = match root.integer("duration")?.unwrap_or(5) {
        -1 => CHOSEN_SECONDS * 1000,
        seconds @ 2..=30 => u32::try_from(seconds).unwrap_or(5) * 1000,
        _ => return root.refuse("duration", "must be -1 or from 2 to 30"),
    };
    let sound = root.boolean("audio")?.unwrap_or(true);
    root.seed()?;
    root.boolean("watermark")?;
    // Not a parameter of this model, but the gateway's own clients send it with every model.
    root.boolean("prompt_extend")?;
    let at_once = root.boolean("async")?.unwrap_or(false);
    let callback = optional_link(&mut root, "callback_url")?;
    root.finish()?;
    let input_seconds = if kinds.contains(&"reference_video") { REFERENCE_SECONDS } else { 0 };
    let order = Order {
        model: WAN30.to_owned(),
        prompt,
        rewritten: false,
        clip,
        output_ms,
        input_seconds,
        sound,
        family: Family::Wan30,
        refusal: None,
    };
    Ok(Wish { order, answers_at_once: at_once || callback.is_some(), callback })
}

/// A first frame for the two image models, reference videos for the third, neither for text.
fn media(root: &mut Object, model: &str) -> Checked<()> {
    let image = optional_link(root, "image_url")?;
    let videos = root.array("reference_video_urls")?;
    let by_image = model.starts_with("wan2.6-i2v");
    match (by_image, image) {
        (true, None) => return root.refuse("image_url", format!("is required for {model}")),
        // The gateway's MCP server cannot send reference videos without an image beside them.
        (false, Some(_)) if model != "wan2.6-r2v" => {
            return root.refuse("image_url", format!("is not supported by {model}"));
        }
        (_, Some(_)) | (false, None) => {}
    }
    match videos {
        None if model == "wan2.6-r2v" => root.refuse("reference_video_urls", "is required for wan2.6-r2v"),
        None => Ok(()),
        Some(_) if model != "wan2.6-r2v" => root.refuse("reference_video_urls", format!("is not supported by {model}")),
        Some([]) => root.refuse("reference_video_urls", "must hold at least one link"),
        Some(videos) => videos.iter().enumerate().try_for_each(|(at, video)| {
            let path = format!("reference_video_urls[{at}]");
            match video {
                Value::String(url) => link(path, url),
                _ => Err(Refusal::new(path, "must be a string")),
            }
        }),
    }
}

/// `size` applies to text and reference, `resolution` to images; the page forbids neither anywhere.
fn picture(root: &mut Object, model: &str) -> Checked<&'static Clip> {
    let size = match root.string("size")? {
        None => None,
        Some(text) => {
            let mut offered = clip::CLIPS.iter().filter(|clip| clip.tier >= 720);
            match offered.find(|clip| clip.size_text('*') == text) {
                Some(clip) => Some(clip),
                None => return root.refuse("size", "is not a size of this model, written as width*height"),
            }
        }
    };
    let tier = match root.string("resolution")? {
        None => None,
        // The gateway's own client sends lower case.
        Some(text) => match text.to_ascii_uppercase().as_str() {
            "720P" => Some(720),
            "1080P" => Some(1080),
            _ => return root.refuse("resolution", "must be 720P or 1080P for the wan2.6 models"),
        },
    };
    let by_tier = |tier| clip::of_shape(tier, 16, 9);
    Ok(match (size, tier) {
        (Some(clip), None) => clip,
        (Some(clip), Some(_)) if !model.starts_with("wan2.6-i2v") => clip,
        (_, Some(tier)) => by_tier(tier),
        (None, None) => by_tier(1080),
    })
}

fn optional_link(root: &mut Object, key: &'static str) -> Checked<Option<String>> {
    match root.string(key)? {
        Some(url) => link(root.path_of(key), url).map(|()| Some(url.to_owned())),
        None => Ok(None),
    }
}

fn link(path: String, url: &str) -> Checked<()> {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.starts_with('/') && !url.contains(char::is_whitespace) => Ok(()),
        _ => Err(Refusal::new(path, "must be an http(s) link")),
    }
}
