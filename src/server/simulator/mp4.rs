//! A small MP4 writer: repeats a clip to the requested length, adds the chord where there is audio, and puts the index
//! first so that playback can begin before the whole file has arrived.

use super::clip::{self, Clip};

/// Ticks per millisecond of the video track: 16 frames a second are 1000 ticks each, and every millisecond is whole.
const VIDEO_TICKS: u32 = 16;
/// The audio track counts samples: 48 per millisecond.
const AUDIO_TICKS: u32 = 48;
const SAMPLES_PER_AAC_FRAME: u32 = 1024;
/// AAC-LC, 48 kHz, one channel, as MPEG-4 writes it in two bytes.
const AAC_CONFIG: [u8; 2] = [0x11, 0x88];
const CHUNK_MS: u32 = 500;

/// One track: its samples, how long each lasts, and which can be started from.
struct Track {
    ticks_per_ms: u32,
    samples: Vec<&'static [u8]>,
    /// The duration of each sample but the last.
    sample_ticks: u32,
    length_ticks: u32,
    /// Every n-th sample, from the first on, is a sync sample; 1 for audio.
    independent_every: usize,
    /// Video samples have their length in front, four bytes.
    prefix: bool,
    description: Vec<u8>,
    /// Width and height; none for audio.
    size: Option<(u32, u32)>,
}

/// A run of samples that are contiguous in the file.
struct Chunk {
    track: usize,
    samples: std::ops::Range<usize>,
}

/// A complete file of `length_ms` milliseconds.
pub(super) fn write(picture: &Clip, length_ms: u32, sound: bool) -> Vec<u8> {
    let mut tracks = vec![video_track(picture, length_ms)];
    if sound {
        tracks.push(audio_track(length_ms));
    }
    let chunks = interleave(&tracks, length_ms);
    let file_type = boxed(*b"ftyp", &[b"isom", &0x200_u32.to_be_bytes()[..], b"isomiso2avc1mp41"]);
    // The index holds the offsets of the data behind it, and its own length does not depend on their values.
    let index_length = index(&tracks, &chunks, length_ms, 0).len();
    let data_start = file_type.len() + index_length + 8;
    let index = index(&tracks, &chunks, length_ms, data_start);
    let mut data = Vec::new();
    for chunk in &chunks {
        let track = &tracks[chunk.track];
        for sample in &track.samples[chunk.samples.clone()] {
            if track.prefix {
                data.extend_from_slice(&number(sample.len()).to_be_bytes());
            }
            data.extend_from_slice(sample);
        }
    }
    [file_type, index, boxed(*b"mdat", &[&data])].concat()
}

fn video_track(picture: &Clip, length_ms: u32) -> Track {
    let parts = picture.frames();
    let sample_ticks = 1000 * VIDEO_TICKS / clip::FRAMES_PER_SECOND;
    let length_ticks = length_ms * VIDEO_TICKS;
    let count = length_ticks.div_ceil(sample_ticks) as usize;
    let size = Some((picture.width, picture.height));
    Track {
        ticks_per_ms: VIDEO_TICKS,
        samples: parts.units.iter().copied().cycle().take(count).collect(),
        sample_ticks,
        length_ticks,
        independent_every: parts.units.len(),
        prefix: true,
        description: video_description(picture, parts.sequence, parts.picture),
        size,
    }
}

fn audio_track(length_ms: u32) -> Track {
    let length_ticks = length_ms * AUDIO_TICKS;
    let count = length_ticks.div_ceil(SAMPLES_PER_AAC_FRAME) as usize;
    Track {
        ticks_per_ms: AUDIO_TICKS,
        samples: clip::chord().into_iter().cycle().take(count).collect(),
        sample_ticks: SAMPLES_PER_AAC_FRAME,
        length_ticks,
        independent_every: 1,
        prefix: false,
        description: audio_description(),
        size: None,
    }
}

/// Half a second of each track alternately.
fn interleave(tracks: &[Track], length_ms: u32) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut written = vec![0; tracks.len()];
    let mut until_ms = 0;
    while until_ms < length_ms {
        until_ms = (until_ms + CHUNK_MS).min(length_ms);
        for (at, track) in tracks.iter().enumerate() {
            let until = if until_ms == length_ms {
                track.samples.len()
            } else {
                (until_ms * track.ticks_per_ms / track.sample_ticks) as usize
            };
            if until > written[at] {
                chunks.push(Chunk { track: at, samples: written[at]..until });
                written[at] = until;
            }
        }
    }
    chunks
}

fn index(tracks: &[Track], chunks: &[Chunk], length_ms: u32, data_start: usize) -> Vec<u8> {
    let mut places: Vec<Vec<(u32, u32)>> = vec![Vec::new(); tracks.len()];
    let mut at = data_start;
    for chunk in chunks {
        places[chunk.track].push((number(at), number(chunk.samples.len())));
        at += chunk.samples.clone().map(|sample| tracks[chunk.track].sample_length(sample)).sum::<usize>();
    }
    let movie = full_box(
        *b"mvhd",
        0,
        0,
        &[
            &[0; 8],
            &words(&[1000, length_ms, 0x0001_0000]),
            &[1, 0],
            &[0; 10],
            &MATRIX.map(u32::to_be_bytes).concat(),
            &[0; 24],
            &words(&[number(tracks.len()) + 1]),
        ],
    );
    let mut parts = movie;
    for (at, track) in tracks.iter().enumerate() {
        parts.extend(track.boxes(number(at) + 1, length_ms, &places[at]));
    }
    boxed(*b"moov", &[&parts])
}

const MATRIX: [u32; 9] = [0x0001_0000, 0, 0, 0, 0x0001_0000, 0, 0, 0, 0x4000_0000];

impl Track {
    fn sample_length(&self, sample: usize) -> usize {
        self.samples[sample].len() + if self.prefix { 4 } else { 0 }
    }

    fn boxes(&self, id: u32, length_ms: u32, places: &[(u32, u32)]) -> Vec<u8> {
        let (width, height) = self.size.unwrap_or((0, 0));
        let volume: u32 = if self.size.is_some() { 0 } else { 0x0100_0000 };
        let head = full_box(
            *b"tkhd",
            0,
            3,
            &[
                &[0; 8],
                &words(&[id, 0, length_ms, 0, 0, 0, volume]),
                &MATRIX.map(u32::to_be_bytes).concat(),
                &words(&[width << 16, height << 16]),
            ],
        );
        // 0x55c4 is "und": no language.
        let media_head =
            full_box(*b"mdhd", 0, 0, &[&[0; 8], &words(&[self.ticks_per_ms * 1000, self.length_ticks, 0x55c4_0000])]);
        let (handler, name, header) = match self.size {
            Some(_) => (b"vide", &b"picture\0"[..], full_box(*b"vmhd", 0, 1, &[&[0; 8]])),
            None => (b"soun", &b"sound\0"[..], full_box(*b"smhd", 0, 0, &[&[0; 4]])),
        };
        let handler = full_box(*b"hdlr", 0, 0, &[&[0; 4], handler, &[0; 12], name]);
        let reference = full_box(*b"dref", 0, 0, &[&words(&[1]), &full_box(*b"url ", 0, 1, &[])]);
        let information = boxed(*b"minf", &[&header, &boxed(*b"dinf", &[&reference]), &self.sample_table(places)]);
        boxed(*b"trak", &[&head, &boxed(*b"mdia", &[&media_head, &handler, &information])])
    }

    fn sample_table(&self, places: &[(u32, u32)]) -> Vec<u8> {
        let count = number(self.samples.len());
        let last = self.length_ticks - (count - 1) * self.sample_ticks;
        let times = words(&[2, count - 1, self.sample_ticks, 1, last]);
        let lengths: Vec<u32> = (0..self.samples.len()).map(|sample| number(self.sample_length(sample))).collect();
        let groups: Vec<u32> = places.iter().zip(1..).flat_map(|((_, samples), chunk)| [chunk, *samples, 1]).collect();
        let offsets: Vec<u32> = places.iter().map(|(at, _)| *at).collect();
        let mut table = full_box(*b"stsd", 0, 0, &[&words(&[1]), &self.description]);
        table.extend(full_box(*b"stts", 0, 0, &[&times]));
        if self.independent_every > 1 {
            let starts: Vec<u32> = (1..=count).step_by(self.independent_every).collect();
            table.extend(full_box(*b"stss", 0, 0, &[&words(&[number(starts.len())]), &words(&starts)]));
        }
        table.extend(full_box(*b"stsc", 0, 0, &[&words(&[number(places.len())]), &words(&groups)]));
        table.extend(full_box(*b"stsz", 0, 0, &[&words(&[0, count]), &words(&lengths)]));
        table.extend(full_box(*b"stco", 0, 0, &[&words(&[number(places.len())]), &words(&offsets)]));
        boxed(*b"stbl", &[&table])
    }
}

fn video_description(picture: &Clip, sequence: &[u8], parameters: &[u8]) -> Vec<u8> {
    let short = |value: usize| u16::try_from(value).unwrap_or(u16::MAX).to_be_bytes();
    // Version 1; profile, constraints and level as in the sequence parameters; lengths of four bytes; one set of each.
    let configuration = boxed(
        *b"avcC",
        &[
            &[1, sequence[1], sequence[2], sequence[3], 0xff, 0xe1],
            &short(sequence.len()),
            sequence,
            &[1],
            &short(parameters.len()),
            parameters,
        ],
    );
    boxed(
        *b"avc1",
        &[
            &[0, 0, 0, 0, 0, 0, 0, 1],
            &[0; 16],
            &short(picture.width as usize),
            &short(picture.height as usize),
            &words(&[0x0048_0000, 0x0048_0000, 0]),
            &[0, 1],
            &[0; 32],
            &[0, 0x18, 0xff, 0xff],
            &configuration,
        ],
    )
}

fn audio_description() -> Vec<u8> {
    // MPEG-4 descriptors, each a tag, a length and its content: decoder specific (5) in decoder configuration (4: AAC
    // 0x40, audio stream 0x15) in elementary stream (3), followed by the predefined sync layer (6).
    let specific = [&[5, 2][..], &AAC_CONFIG].concat();
    let decoder = [&[4, 17, 0x40, 0x15, 0, 0, 0][..], &words(&[48_000, 48_000]), &specific].concat();
    let stream = [&[3, 25, 0, 2, 0][..], &decoder, &[6, 1, 2]].concat();
    boxed(
        *b"mp4a",
        &[
            &[0, 0, 0, 0, 0, 0, 0, 1],
            &[0; 8],
            &[0, 1, 0, 16, 0, 0, 0, 0],
            &words(&[48_000 << 16]),
            &full_box(*b"esds", 0, 0, &[&stream]),
        ],
    )
}

fn boxed(name: [u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    [&number(content.len() + 8).to_be_bytes()[..], &name, &content].concat()
}

fn full_box(name: [u8; 4], version: u8, flags: u8, parts: &[&[u8]]) -> Vec<u8> {
    boxed(name, &[&[version, 0, 0, flags], &parts.concat()])
}

fn words(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_be_bytes()).collect()
}

/// Lengths in these files are far below four gigabytes.
fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
