//! Finished samples: what the stage plays before there is a video of one's own, and what a form may start from. They
//! are drawn by `samples/draw.py`, and are said to be samples.

use crate::catalog::{Capability, FieldId, Gateway, Words};

/// A finished sample.
#[derive(Debug)]
pub struct Sample {
    /// What its files are named after.
    pub id: &'static str,
    /// The kind of input it was made from.
    pub capability: Capability,
    /// Width and height of its video in pixels.
    pub size: (u32, u32),
    /// Its name.
    pub title: Words,
    /// Its prompt.
    pub prompt: Words,
    /// The media it was made from: the field, and the file's name.
    pub media: &'static [(FieldId, &'static str)],
}

impl Sample {
    /// Address of its video, relative to the page.
    pub fn video(&self) -> String {
        at(&[self.id, ".mp4"].concat())
    }

    /// Address of its first frame, relative to the page.
    pub fn poster(&self) -> String {
        at(&[self.id, ".webp"].concat())
    }

    /// The model to start with: the first of the gateway with this kind of input. `None` where it has none.
    pub fn model(&self, gateway: &Gateway) -> Option<usize> {
        gateway.list(self.capability).first().copied()
    }
}

/// Address of a file among the samples, relative to the page.
pub fn at(file: &str) -> String {
    ["./samples/", file].concat()
}

/// All samples. The first is the one that is played.
pub const SAMPLES: [Sample; 5] = [
    Sample {
        id: "text",
        capability: Capability::Text,
        size: (640, 360),
        title: Words { en: "A paper boat at dusk", zh: "暮色里的纸船" },
        prompt: Words {
            en: "A paper boat drifts across a lake at dusk, the small lantern at its stern lighting the ripples. Layered violet hills, a full moon just risen, reflections swaying on the water. Flat illustration, steady camera, calm mood.",
            zh: "黄昏的湖面上，一只折纸小船缓缓漂过，船尾挂着一盏小灯笼，暖光映在涟漪上。远处是层叠的紫色山影，一轮满月刚刚升起，水面倒影轻轻晃动。扁平插画风格，镜头平稳，气氛安静。",
        },
        media: &[],
    },
    Sample {
        id: "image",
        capability: Capability::Image,
        size: (640, 360),
        title: Words { en: "The fox and the first snow", zh: "狐狸与初雪" },
        prompt: Words {
            en: "The fox in the picture looks up as snow begins to fall. It blinks, the tip of its tail moves a little, flakes drift down slowly. The camera pushes in slightly.",
            zh: "开始下雪了，画面中的狐狸抬起头望向天空，眨了眨眼，尾巴尖轻轻摆动，雪花缓缓飘落。镜头轻微推近。",
        },
        media: &[(FieldId::FirstFrame, "image-first.webp")],
    },
    Sample {
        id: "frames",
        capability: Capability::Frames,
        size: (640, 360),
        title: Words { en: "From noon to a neon night", zh: "从正午到霓虹雨夜" },
        prompt: Words {
            en: "The same street goes from noon to a rainy neon night: clouds race by, the sky turns from blue to orange to dark, windows and signs light up one after another, the wet road mirrors them. The person under the red umbrella keeps walking. Fixed camera.",
            zh: "同一条商店街，从晴朗的正午过渡到下雨的霓虹夜：云影飞逝，天色由蓝转橙再入夜，窗户与招牌逐一亮起，湿润的路面映出灯光。撑红伞的人一直向前走，机位固定。",
        },
        media: &[(FieldId::FirstFrame, "frames-first.webp"), (FieldId::LastFrame, "frames-last.webp")],
    },
    Sample {
        id: "speech",
        capability: Capability::Speech,
        size: (480, 480),
        title: Words { en: "A portrait that talks", zh: "会说话的肖像" },
        prompt: Words {
            en: "A woman in round glasses speaks to the camera with a smile, her lips in step with the voice, blinking now and then, her head moving a little as she talks.",
            zh: "一位戴圆框眼镜的女士面带微笑，对着镜头讲话，口型与语音一致，偶尔眨眼，头部自然轻晃。",
        },
        media: &[(FieldId::Portrait, "speech-portrait.webp"), (FieldId::Audio, "speech-voice.mp3")],
    },
    Sample {
        id: "reference",
        capability: Capability::Reference,
        size: (640, 360),
        title: Words { en: "A robot and a cat take a walk", zh: "机器人与猫散步" },
        prompt: Words {
            en: "The robot from image 1 and the cat from image 2 walk side by side along a sunlit park path, past green trees and cherries in bloom, petals on the wind. The camera follows them steadily from the side.",
            zh: "图1中的机器人和图2中的猫并肩走在洒满阳光的公园小路上，路旁是绿树和盛开的樱花，花瓣随风飘过。镜头侧面平稳跟随。",
        },
        media: &[(FieldId::References, "reference-robot.webp"), (FieldId::References, "reference-cat.webp")],
    },
];

#[cfg(test)]
mod tests {
    use super::SAMPLES;
    use crate::catalog::{Catalog, Kind};
    use std::path::Path;

    #[test]
    fn every_file_of_a_sample_is_there_and_small() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
        let mut videos = 0;
        for sample in &SAMPLES {
            let names = [format!("{}.mp4", sample.id), format!("{}.webp", sample.id)];
            let media = sample.media.iter().map(|(_, file)| (*file).to_owned());
            for (at, name) in names.into_iter().chain(media).enumerate() {
                let bytes = folder.join(&name).metadata().unwrap_or_else(|error| panic!("{name}: {error}")).len();
                assert!(bytes < 96 * 1024, "{name} has {bytes} bytes");
                videos += if at == 0 { bytes } else { 0 };
            }
        }
        assert!(videos < 400_000, "all videos: {videos} bytes");
    }

    #[test]
    fn a_sample_fills_fields_that_the_models_have_and_a_prompt_they_take() {
        let mut models = 0;
        for gateway in Catalog::built_in().gateways {
            for sample in &SAMPLES {
                let Some(model) = sample.model(gateway).map(|index| &gateway.models[index]) else { continue };
                models += 1;
                assert_eq!(model.capability, sample.capability, "{}", model.id);
                for (field, _) in sample.media {
                    let kind = model.field(*field).map(|field| &field.kind);
                    let has = matches!(kind, Some(Kind::Media { .. } | Kind::References { .. }));
                    assert!(has, "{} at {} has no {field:?}", model.id, gateway.id);
                }
            }
        }
        assert!(models > 8, "{models}");
    }
}
