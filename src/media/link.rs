//! Links to media, looked at before a gateway tries to fetch them: hosts that nobody else can reach, pages in the place
//! of files, and signatures that have ended. Nothing is fetched; what is known here is known from the text alone.

use crate::address;

/// Why a gateway will probably not get a file from a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The host can be reached from this machine or its network only.
    Private,
    /// The link opens a page about the file, not the file.
    Page {
        /// The host as written.
        host: String,
        /// The link to the file itself, where the service has one.
        file: Option<String>,
    },
    /// Its signature ended, in milliseconds since 1970.
    Ended(u64),
}

/// Services whose links open pages: file stores that ask for a login or a press, documents, and sites that play.
const PAGES: [&str; 38] = [
    "drive.google.com",
    "docs.google.com",
    "photos.google.com",
    "photos.app.goo.gl",
    "1drv.ms",
    "onedrive.live.com",
    "sharepoint.com",
    "icloud.com",
    "box.com",
    "mega.nz",
    "wetransfer.com",
    "we.tl",
    "pan.baidu.com",
    "alipan.com",
    "aliyundrive.com",
    "pan.quark.cn",
    "115.com",
    "weiyun.com",
    "cloud.189.cn",
    "lanzou.com",
    "feishu.cn",
    "larksuite.com",
    "docs.qq.com",
    "yuque.com",
    "notion.so",
    "youtube.com",
    "youtu.be",
    "bilibili.com",
    "b23.tv",
    "douyin.com",
    "tiktok.com",
    "xiaohongshu.com",
    "kuaishou.com",
    "weibo.com",
    "x.com",
    "twitter.com",
    "instagram.com",
    "vimeo.com",
];

/// What speaks against a link. `now_ms` is milliseconds since 1970.
pub fn doubt(link: &str, now_ms: u64) -> Option<Doubt> {
    let link = link.trim();
    let origin = address::origin_of(link)?;
    let host = host_of(&origin);
    if is_private(host) {
        return Some(Doubt::Private);
    }
    if let Some(page) = page(link, host) {
        return Some(page);
    }
    signed_until_ms(link).filter(|end| *end <= now_ms).map(Doubt::Ended)
}

/// The host of an origin, without its port.
fn host_of(origin: &str) -> &str {
    let authority = origin.split_once("://").map_or(origin, |(_, authority)| authority);
    if authority.starts_with('[') {
        return authority.split_once(']').map_or(authority, |(host, _)| &host[1..]);
    }
    authority.split(':').next().unwrap_or(authority)
}

/// Whether only this machine or its network knows a host.
fn is_private(host: &str) -> bool {
    if host.contains(':') {
        let low = ["fc", "fd", "fe8", "fe9", "fea", "feb"];
        return host == "::1" || host == "::" || low.iter().any(|start| host.starts_with(start));
    }
    let octets: Vec<u8> = host.split('.').filter_map(|octet| octet.parse().ok()).collect();
    if octets.len() == 4 && host.split('.').count() == 4 {
        return match (octets[0], octets[1]) {
            (0 | 10 | 127, _) | (192, 168) | (169, 254) => true,
            (172, second) => (16..32).contains(&second),
            (100, second) => (64..128).contains(&second),
            _ => false,
        };
    }
    let endings = [".local", ".lan", ".internal", ".intranet", ".home.arpa", ".localhost", ".test"];
    !host.contains('.') || endings.iter().any(|ending| host.ends_with(ending))
}

/// Whether a host is a service or below it.
fn is_of(host: &str, service: &str) -> bool {
    host.strip_suffix(service).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

fn page(link: &str, host: &str) -> Option<Doubt> {
    let said = |file| Some(Doubt::Page { host: host.to_owned(), file });
    let path_at = link.find("://").and_then(|at| link[at + 3..].find('/').map(|slash| at + 3 + slash));
    let path = path_at.map_or("", |at| &link[at..]);
    let swapped = |from: &str, to: &str| {
        let bare = path.split(['?', '#']).next().unwrap_or(path);
        bare.contains(from).then(|| ["https://", host, &bare.replacen(from, to, 1)].concat())
    };
    if is_of(host, "github.com") {
        return swapped("/blob/", "/").and_then(|file| said(Some(file.replacen(host, "raw.githubusercontent.com", 1))));
    }
    if let Some(file) = swapped("/-/blob/", "/-/raw/") {
        return said(Some(file));
    }
    for (service, raw) in [("gitee.com", "/raw/"), ("huggingface.co", "/resolve/"), ("hf-mirror.com", "/resolve/")] {
        if is_of(host, service) {
            return swapped("/blob/", raw).and_then(|file| said(Some(file)));
        }
    }
    if is_of(host, "dropbox.com") {
        return dropbox(link, path).and_then(|file| said(Some(file)));
    }
    if is_of(host, "drive.google.com") {
        let direct = path.starts_with("/uc?") && path.contains("export=download");
        return if direct { None } else { said(google_file(path)) };
    }
    PAGES.iter().find(|service| is_of(host, service)).and_then(|_| said(None))
}

/// Dropbox gives the file itself where `dl=1` or `raw=1` is asked for.
fn dropbox(link: &str, path: &str) -> Option<String> {
    let (bare, query) = path.split_once('?').unwrap_or((path, ""));
    let is_shared = ["/s/", "/scl/"].iter().any(|start| bare.starts_with(start));
    let pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    if !is_shared || pairs.iter().any(|pair| *pair == "dl=1" || *pair == "raw=1") {
        return None;
    }
    let kept = pairs.into_iter().filter(|pair| !pair.starts_with("dl=")).chain(["dl=1"]).collect::<Vec<_>>();
    let start = link.split('?').next().unwrap_or(link);
    Some([start, "?", &kept.join("&")].concat())
}

/// Google gives a small file itself under another address.
fn google_file(path: &str) -> Option<String> {
    let by_path = path.strip_prefix("/file/d/").and_then(|rest| rest.split(['/', '?']).next());
    let id = by_path.or_else(|| path.split_once("id=").and_then(|(_, rest)| rest.split('&').next()))?;
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    is_id.then(|| ["https://drive.google.com/uc?export=download&id=", id].concat())
}

/// The end that a signed link states itself, in milliseconds since 1970, as the object stores write it: `Expires` in
/// seconds since 1970; a date with a number of seconds (S3, Google, OSS); `se` (Azure); the second time of `q-sign-time`
/// (Tencent).
pub fn signed_until_ms(link: &str) -> Option<u64> {
    let (_, query) = link.split_once('?')?;
    let query = query.split('#').next()?;
    let at = |name: &str| {
        let named = |pair: &&str| pair.split_once('=').is_some_and(|(known, _)| known.eq_ignore_ascii_case(name));
        query.split('&').find(named).and_then(|pair| pair.split_once('=')).map(|(_, value)| value)
    };
    // Anything but a time of this century is some other parameter with the same name.
    let time = |text: &str| {
        text.parse::<u64>().ok().filter(|seconds| (1_000_000_000..10_000_000_000).contains(seconds)).map(|s| s * 1000)
    };
    if let Some(end) = at("Expires").and_then(time) {
        return Some(end);
    }
    for (date, seconds) in [
        ("X-Amz-Date", "X-Amz-Expires"),
        ("X-Goog-Date", "X-Goog-Expires"),
        ("x-oss-date", "x-oss-expires"),
        ("X-Tos-Date", "X-Tos-Expires"),
    ] {
        let seconds = at(seconds).and_then(|seconds| seconds.parse::<u32>().ok());
        if let (Some(start), Some(seconds)) = (at(date).and_then(date_ms), seconds) {
            return Some(start + u64::from(seconds) * 1000);
        }
    }
    if let Some(times) = at("q-sign-time") {
        return times.split_once(';').or_else(|| times.split_once("%3B")).and_then(|(_, end)| time(end));
    }
    at("sig").and(at("se")).and_then(date_ms)
}

/// A time in UTC, `20251129T101500Z` or `2025-11-29T10:15:00Z`, also with its colons escaped.
fn date_ms(text: &str) -> Option<u64> {
    let text = text.replace("%3A", ":").replace("%3a", ":");
    let digits: String = text.strip_suffix('Z')?.chars().filter(|c| !matches!(c, '-' | ':' | 'T')).collect();
    if digits.len() != 14 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |from: usize, to: usize| digits[from..to].parse::<u64>().ok();
    let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
    if !(1970..3000).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years that begin in March: the day that is sometimes added is then the last one.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1 - 719_468;
    Some(((days * 24 + number(8, 10)?) * 60 + number(10, 12)?) * 60_000 + number(12, 14)? * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(host: &str, file: Option<&str>) -> Doubt {
        Doubt::Page { host: host.into(), file: file.map(str::to_owned) }
    }

    #[test]
    fn a_host_that_only_this_network_knows_is_told() {
        for link in [
            "http://localhost:8000/a.png",
            "http://127.0.0.1/a.png",
            "https://192.168.1.4/a.png",
            "https://10.0.0.9:8443/a.png",
            "https://172.20.0.1/a.png",
            "https://100.64.0.1/a.png",
            "https://[::1]/a.png",
            "https://[fd00::5]:80/a.png",
            "https://nas/a.png",
            "https://printer.local/a.png",
        ] {
            assert_eq!(doubt(link, 0), Some(Doubt::Private), "{link}");
        }
        for link in
            ["https://172.32.0.1/a.png", "https://8.8.8.8/a.png", "https://10.example.com/a.png", "oss://a/b.png"]
        {
            assert_eq!(doubt(link, 0), None, "{link}");
        }
    }

    #[test]
    fn a_page_is_told_with_the_link_to_its_file() {
        assert_eq!(
            doubt("https://github.com/o/r/blob/main/blob/a.png?raw=true", 0),
            Some(page("github.com", Some("https://raw.githubusercontent.com/o/r/main/blob/a.png")))
        );
        assert_eq!(
            doubt("https://git.example.com/g/p/-/blob/main/a.png", 0),
            Some(page("git.example.com", Some("https://git.example.com/g/p/-/raw/main/a.png")))
        );
        assert_eq!(
            doubt("https://huggingface.co/o/m/blob/main/a.wav", 0),
            Some(page("huggingface.co", Some("https://huggingface.co/o/m/resolve/main/a.wav")))
        );
        assert_eq!(
            doubt("https://www.dropbox.com/scl/fi/x/a.png?rlkey=k&dl=0", 0),
            Some(page("www.dropbox.com", Some("https://www.dropbox.com/scl/fi/x/a.png?rlkey=k&dl=1")))
        );
        assert_eq!(
            doubt("https://drive.google.com/file/d/1aB-c_2/view?usp=sharing", 0),
            Some(page("drive.google.com", Some("https://drive.google.com/uc?export=download&id=1aB-c_2")))
        );
        assert_eq!(doubt("https://pan.baidu.com/s/1abc", 0), Some(page("pan.baidu.com", None)));
        assert_eq!(doubt("https://m.youtube.com/watch?v=x", 0), Some(page("m.youtube.com", None)));
        for link in [
            "https://raw.githubusercontent.com/o/r/main/a.png",
            "https://github.com/o/r/releases/download/v1/a.png",
            "https://github.com/o/r/raw/main/a.png",
            "https://www.dropbox.com/s/x/a.png?dl=1",
            "https://drive.google.com/uc?export=download&id=1aB",
            "https://netflix.com.example/a.mp4",
            "https://box.com.example/a.mp4",
            "https://notmega.nz/a.mp4",
        ] {
            assert_eq!(doubt(link, 0), None, "{link}");
        }
    }

    #[test]
    fn a_mended_link_is_not_doubted_again() {
        for link in [
            "https://github.com/o/r/blob/main/a.png",
            "https://gitee.com/o/r/blob/main/a.png",
            "https://www.dropbox.com/s/x/a.png?dl=0",
            "https://drive.google.com/open?id=1aB",
        ] {
            let Some(Doubt::Page { file: Some(file), .. }) = doubt(link, 0) else { panic!("{link}") };
            assert_eq!(doubt(&file, 0), None, "{link}");
        }
    }

    #[test]
    fn a_signed_link_says_when_it_ends() {
        // 22 Nov 2025, 07:33:20 UTC is 1763796800.
        for (query, seconds) in [
            ("OSSAccessKeyId=x&Expires=1763801000&Signature=%2Fa%3D", 1_763_801_000),
            ("X-Amz-Date=20251122T073320Z&X-Amz-Expires=1200&X-Amz-Signature=1", 1_763_798_000),
            ("x-oss-date=20251122T073320Z&x-oss-expires=1200", 1_763_798_000),
            ("X-Goog-Date=20251122T073320Z&X-Goog-Expires=1200", 1_763_798_000),
            ("se=2025-11-22T08%3A43%3A20Z&sig=x", 1_763_801_000),
            ("q-sign-time=1763700000;1763801000", 1_763_801_000),
            ("X-Amz-Date=20240229T000000Z&X-Amz-Expires=0", 1_709_164_800),
        ] {
            let link = ["https://store.example/a.mp4?", query].concat();
            assert_eq!(signed_until_ms(&link), Some(seconds * 1000), "{query}");
            assert_eq!(doubt(&link, seconds * 1000), Some(Doubt::Ended(seconds * 1000)), "{query}");
            assert_eq!(doubt(&link, seconds * 1000 - 1), None, "{query}");
        }
        assert_eq!(signed_until_ms("https://store.example/a.mp4"), None);
        assert_eq!(signed_until_ms("https://store.example/a.mp4?Expires=soon"), None);
        assert_eq!(signed_until_ms("https://store.example/a.mp4?Expires=3600"), None, "a length is no time");
        assert_eq!(signed_until_ms("https://store.example/a.mp4?x=1#Expires=1763801000"), None);
    }
}
