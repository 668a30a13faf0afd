use super::super::looked::tests::{picture, picture_rule, sound, sound_rule};
use super::*;
use crate::media::local_file::Seen;
use crate::media::{Foreign, sniff};
use proptest::prelude::*;

fn steps(file: &LocalFile, rule: &MediaRule) -> Vec<Step> {
    mend(file, rule, rule.inline).map(|(_, steps)| steps).unwrap_or_default()
}

#[test]
fn what_fits_is_left_alone_and_one_press_mends_all_that_does_not() {
    let rule = picture_rule();
    assert_eq!(mend(&picture(480, 270), &rule, true), None);
    assert_eq!(steps(&LocalFile { alpha: true, ..picture(480, 270) }, &rule), [Step::Flatten]);
    assert_eq!(steps(&picture(9000, 6000), &rule), [Step::Shrink(8000, 5334)]);
    assert_eq!(steps(&picture(200, 3000), &rule), [Step::Crop(200, 1600), Step::Enlarge(240, 1920)]);
    let large = LocalFile { bytes: 30 << 20, ..picture(4000, 3000) };
    assert_eq!(steps(&large, &rule), [Step::Compress(10 << 20)]);
    let all = LocalFile { alpha: true, bytes: 60 << 20, ..picture(20_000, 1000) };
    assert_eq!(steps(&all, &rule), [Step::Flatten, Step::Crop(8000, 1000), Step::Compress(10 << 20)]);
    let gif = LocalFile { format: Some(Format::Gif), ..picture(480, 270) };
    assert_eq!(steps(&gif, &rule), [Step::Convert(Format::Jpeg)]);
    assert_eq!(mend(&picture(50, 50), &rule, true), None, "enlarged it would show nothing");
    assert_eq!(mend(&LocalFile { pixels: None, ..picture(1, 1) }, &rule, true), None);
    assert_eq!(mend(&LocalFile { base64: String::new(), ..picture(9000, 6000) }, &rule, true), None, "gone");
}

#[test]
fn the_middle_is_kept() {
    let Some((Mend::Picture(plan), _)) = mend(&picture(300, 3000), &picture_rule(), true) else { panic!("a plan") };
    assert_eq!((plan.keep, plan.to), ((0, 300, 300, 2400), (300, 2400)));
    assert!(plan.flat, "JPEG has no transparency");
}

#[test]
fn attempts_end_and_never_leave_the_legal_sides() {
    let Some((Mend::Picture(plan), _)) =
        mend(&LocalFile { bytes: 30 << 20, ..picture(1000, 600) }, &picture_rule(), true)
    else {
        panic!("a plan")
    };
    let tried: Vec<_> = (0..).map_while(|number| plan.attempt(number)).collect();
    assert_eq!(
        tried[..5],
        [(95, (1000, 600)), (85, (1000, 600)), (75, (1000, 600)), (60, (1000, 600)), (60, (800, 480)),]
    );
    assert_eq!(tried.last(), Some(&(60, (409, 245))));
    let png = Picture { format: Format::Png, ..plan };
    assert_eq!(png.attempt(1), Some((95, (800, 480))));
}

#[test]
fn a_sound_is_cut_and_becomes_wav_that_fits() {
    let rule = sound_rule();
    assert_eq!(mend(&sound(10_000), &rule, false), None);
    assert_eq!(steps(&sound(60_000), &rule), [Step::Cut(19_900)]);
    let Some((Mend::Sound(plan), _)) = mend(&sound(60_000), &rule, false) else { panic!("a plan") };
    assert_eq!((plan.max_millis, plan.rate, plan.channels), (19_900, 44_100, 2));
    let m4a =
        LocalFile { format: None, seen: Seen { foreign: Some(Foreign::M4a), ..sound(60_000).seen }, ..sound(60_000) };
    assert_eq!(steps(&m4a, &rule), [Step::Cut(19_900), Step::Convert(Format::Wav)]);
    assert_eq!(mend(&sound(1000), &rule, false), None, "what is missing cannot be made up");
    // Three minutes in 15 MB: one channel, and fewer samples.
    let long = MediaRule { max_seconds: 300, below: false, ..rule };
    let heavy = LocalFile { bytes: 50 << 20, ..sound(180_000) };
    let Some((Mend::Sound(plan), steps)) = mend(&heavy, &long, false) else { panic!("a plan") };
    assert_eq!((plan.rate, plan.channels, steps), (24_000, 1, vec![Step::Convert(Format::Wav)]));
    assert_eq!(mend(&sound(60_000), &MediaRule { formats: &["mp3"], ..rule }, false), None);
    let video = MediaRule { media: MediaKind::Video, formats: &["mp4"], ..rule };
    assert_eq!(mend(&sound(60_000), &video, false), None);
}

#[test]
fn a_wav_file_has_the_header_that_players_read() {
    let file = wav(&[vec![0.0, 1.0, -2.0], vec![0.5, 0.0, 0.0]], 16_000);
    assert_eq!(sniff(&file), Some(Format::Wav));
    assert_eq!(file.len(), 44 + 12);
    let number = |at: usize| u32::from_le_bytes([file[at], file[at + 1], file[at + 2], file[at + 3]]);
    assert_eq!((number(4), number(24), number(28), number(40)), (48, 16_000, 64_000, 12));
    assert_eq!(&file[20..24], [1, 0, 2, 0], "samples as they are, two channels");
    assert_eq!(&file[32..36], [4, 0, 16, 0]);
    assert_eq!(&file[44..], [0, 0, 0xff, 0x3f, 0xff, 0x7f, 0, 0, 1, 0x80, 0, 0]);
}

#[test]
fn a_converted_file_has_the_ending_of_its_format() {
    assert_eq!(renamed("logo.v2.png", Format::Jpeg), "logo.v2.jpg");
    assert_eq!(renamed("voice", Format::Wav), "voice.wav");
}

proptest! {
    #[test]
    fn every_plan_for_a_picture_leads_to_one_without_a_fault(
        width in 1..40_000_u32,
        height in 1..40_000_u32,
        min in 1..600_u32,
        room in 2..20_u32,
        ratio in 0..10_u32,
        alpha: bool,
    ) {
        let rule = MediaRule { min_side: min, max_side: min * room, max_ratio: ratio, ..picture_rule() };
        let file = LocalFile { alpha, ..picture(width, height) };
        if let Some((Mend::Picture(plan), steps)) = mend(&file, &rule, true) {
            prop_assert!(!steps.is_empty());
            let (left, top, kept_width, kept_height) = plan.keep;
            prop_assert!(left + kept_width <= width && top + kept_height <= height && kept_width.min(kept_height) > 0);
            let after = LocalFile { pixels: Some(plan.to), format: Some(plan.format), alpha: false, ..picture(1, 1) };
            prop_assert_eq!(faults(&after, &rule, true), []);
        }
    }
}
