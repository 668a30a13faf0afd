//! A sound cut and converted by the browser, so that it fits.

use super::made;
use crate::media::mend::{Sound, renamed, wav};
use crate::media::{Format, LocalFile};
use crate::web::browser::js;
use js_sys::{Float32Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

/// Beyond this a sound is not decoded: in memory it takes many times its bytes.
const DECODE_LIMIT: f64 = 96.0 * 1_048_576.0;

/// Makes a sound anew as planned, as WAV. `None` if the browser cannot read it.
pub async fn cut(file: &File, looked: &LocalFile, plan: Sound) -> Option<File> {
    let part = needed(file, looked, plan)?;
    let bytes = JsFuture::from(part.array_buffer()).await.ok()?;
    // The browser brings it to this many samples a second while it decodes.
    let arguments = [JsValue::from(plan.channels), JsValue::from(1), JsValue::from(plan.rate)];
    let studio = js::make("OfflineAudioContext", &arguments.each_ref()).ok()?;
    let sound = js::wait(js::call(&studio, "decodeAudioData", &[&bytes]).ok()?).await.ok()?;
    let channels = channels(&sound, plan)?;
    let data = wav(&channels, plan.rate);
    drop(channels);
    made(&Uint8Array::from(&*data), &renamed(&file.name(), Format::Wav), Format::Wav.media_type())
}

/// The beginning that holds as much as is wanted, where the format can be read without its end.
fn needed(file: &File, looked: &LocalFile, plan: Sound) -> Option<Blob> {
    let is_even = matches!(looked.format, Some(Format::Mp3 | Format::Wav));
    if let Some(millis) = looked.seen.millis.filter(|millis| is_even && plan.max_millis > 0 && *millis > 0) {
        // Lengths in milliseconds are far below what a float holds exactly.
        #[allow(clippy::cast_precision_loss)]
        let share = (plan.max_millis as f64 * 1.5 + 2000.0) / millis as f64;
        if share < 1.0 {
            return file.slice_with_f64_and_f64(0.0, (file.size() * share).ceil()).ok();
        }
    }
    (file.size() <= DECODE_LIMIT).then(|| file.clone().into())
}

/// The samples of the beginning, in as many channels as are wanted.
fn channels(sound: &JsValue, plan: Sound) -> Option<Vec<Vec<f32>>> {
    let count = js::get(sound, "numberOfChannels").as_f64()?;
    let length = js::get(sound, "length").as_f64()?;
    // Whole numbers that fit: an array of samples is shorter than its index type holds.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let (count, length) = (count as u32, length as u32);
    let most = u32::try_from(plan.max_millis * u64::from(plan.rate) / 1000).unwrap_or(u32::MAX);
    let end = if plan.max_millis > 0 { length.min(most) } else { length };
    let read = |index: u32| -> Option<Vec<f32>> {
        let samples = js::call(sound, "getChannelData", &[&JsValue::from(index)]).ok()?;
        Some(samples.dyn_into::<Float32Array>().ok()?.subarray(0, end).to_vec())
    };
    let all = (0..count.min(2)).map(read).collect::<Option<Vec<_>>>()?;
    match &*all {
        [left, right] if plan.channels == 1 => {
            Some(vec![left.iter().zip(right).map(|(left, right)| f32::midpoint(*left, *right)).collect()])
        }
        _ => Some(all),
    }
}
