//! The list as data: lines of all tasks, newest first, and which of them match the filter. Ten thousand are read and
//! searched as plain text; only the few that are on the screen become elements.

use super::kind::Kind;
use super::part::word;
use super::summary::Summary;
use std::collections::HashSet;

/// A line, and its searchable text.
pub struct Line {
    /// What is shown.
    pub summary: Summary,
    haystack: String,
}

/// The filter. What is empty matches everything.
#[derive(Default, Clone)]
pub struct Wanted {
    /// Words that must all occur, in lower case.
    pub words: Vec<String>,
    /// Gateway ID.
    pub gateway: Option<String>,
    /// Model ID.
    pub model: Option<String>,
    /// What the states have in common.
    pub tone: Option<Tone>,
}

/// All lines, each task once, and the indices of those that match.
#[derive(Default)]
pub struct List {
    lines: Vec<Line>,
    uids: HashSet<String>,
    found: Vec<usize>,
    wanted: Wanted,
}

/// What several kinds mean to a reader alike, for styling and filtering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It goes on.
    Running,
    /// There is a video.
    Done,
    /// There is none.
    Failed,
    /// Nobody knows for sure, or somebody ended it.
    Doubt,
}

const TONES: [(&str, Tone); 4] =
    [("running", Tone::Running), ("done", Tone::Done), ("failed", Tone::Failed), ("doubt", Tone::Doubt)];

impl Tone {
    /// The tone of a kind.
    pub fn of(kind: Kind) -> Self {
        match kind {
            Kind::Sending | Kind::Waiting | Kind::Fetching | Kind::ByHand => Self::Running,
            Kind::Done => Self::Done,
            Kind::Doubtful | Kind::Lost | Kind::Canceled => Self::Doubt,
            Kind::NotSent | Kind::Refused | Kind::Failed => Self::Failed,
        }
    }

    /// Its name in styles and choices.
    pub fn name(self) -> &'static str {
        word(&TONES, &self)
    }

    /// The tone with this name.
    pub fn named(word: &str) -> Option<Self> {
        TONES.iter().find(|(known, _)| *known == word).map(|(_, tone)| *tone)
    }
}

impl Wanted {
    /// Takes the words of a text for those that must occur.
    pub fn search(&mut self, text: &str) {
        self.words = text.to_lowercase().split_whitespace().map(str::to_owned).collect();
    }
}

impl Line {
    fn of(summary: Summary) -> Self {
        let haystack =
            [summary.prompt.as_str(), &summary.id, &summary.model, &summary.gateway].join("\n").to_lowercase();
        Self { summary, haystack }
    }

    fn fits(&self, wanted: &Wanted) -> bool {
        let same = |asked: &Option<String>, is: &str| asked.as_deref().is_none_or(|asked| asked == is);
        same(&wanted.gateway, &self.summary.gateway)
            && same(&wanted.model, &self.summary.model)
            && wanted.tone.is_none_or(|tone| tone == Tone::of(self.summary.kind))
            && wanted.words.iter().all(|word| self.haystack.contains(word))
    }
}

impl List {
    /// A list without lines, with a filter.
    pub fn asked(wanted: Wanted) -> Self {
        Self { wanted, ..Self::default() }
    }

    /// Adds lines that are older than the existing ones. A task that has one keeps it: it changed since these were
    /// read.
    pub fn extend(&mut self, summaries: impl Iterator<Item = Summary>) {
        for summary in summaries {
            if !self.uids.insert(summary.uid.clone()) {
                continue;
            }
            let line = Line::of(summary);
            if line.fits(&self.wanted) {
                self.found.push(self.lines.len());
            }
            self.lines.push(line);
        }
    }

    /// Changes the filter.
    pub fn ask(&mut self, wanted: Wanted) {
        self.wanted = wanted;
        self.search();
    }

    fn search(&mut self) {
        let fitting = self.lines.iter().enumerate().filter(|(_, line)| line.fits(&self.wanted));
        self.found = fitting.map(|(place, _)| place).collect();
    }

    /// Updates a task's line. `true` if more than that line changes on the screen.
    pub fn update(&mut self, summary: Summary) -> bool {
        let is_new = self.uids.insert(summary.uid.clone());
        let known = |line: &Line| line.summary.uid == summary.uid;
        let place = if is_new { None } else { self.lines.iter().position(known) };
        let line = Line::of(summary);
        if let Some(place) = place {
            let same_place = self.lines[place].fits(&self.wanted) == line.fits(&self.wanted);
            self.lines[place] = line;
            if same_place {
                return false;
            }
        } else {
            let started = line.summary.started_ms;
            let place = self.lines.iter().position(|known| known.summary.started_ms < started);
            self.lines.insert(place.unwrap_or(self.lines.len()), line);
        }
        self.search();
        true
    }

    /// Removes lines and returns them, so that they can be put back.
    pub fn take(&mut self, uids: &[String]) -> Vec<Line> {
        let uids: HashSet<&str> = uids.iter().map(String::as_str).collect();
        let (taken, kept) =
            std::mem::take(&mut self.lines).into_iter().partition(|line| uids.contains(line.summary.uid.as_str()));
        self.lines = kept;
        self.uids.retain(|uid| !uids.contains(uid.as_str()));
        self.search();
        taken
    }

    /// Puts lines back.
    pub fn put_back(&mut self, lines: Vec<Line>) {
        for line in lines {
            if self.uids.insert(line.summary.uid.clone()) {
                self.lines.push(line);
            }
        }
        self.lines.sort_by_key(|line| std::cmp::Reverse(line.summary.started_ms));
        self.search();
    }

    /// How many match, and how many there are.
    pub fn counts(&self) -> (usize, usize) {
        (self.found.len(), self.lines.len())
    }

    /// The matching ones, newest first.
    pub fn found(&self) -> impl Iterator<Item = &Summary> {
        self.found.iter().map(|place| &self.lines[*place].summary)
    }

    /// All models that occur.
    pub fn models(&self) -> Vec<String> {
        let mut models: Vec<String> = Vec::new();
        for line in &self.lines {
            if !models.contains(&line.summary.model) {
                models.push(line.summary.model.clone());
            }
        }
        models.sort();
        models
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(uid: &str, started_ms: u64, kind: Kind) -> Summary {
        Summary {
            uid: uid.into(),
            rev: 1,
            gateway: if started_ms.is_multiple_of(2) { "ope" } else { "acedata" }.into(),
            model: ["wan-", uid].concat(),
            prompt: ["A Cat named ", uid].concat(),
            kind,
            started_ms,
            ended_ms: None,
            id: String::new(),
            price: None,
        }
    }

    fn list() -> List {
        let mut list = List::default();
        let lines = [("d", 4, Kind::Waiting), ("c", 3, Kind::Done), ("b", 2, Kind::Failed), ("a", 1, Kind::Lost)];
        list.extend(lines.into_iter().map(|(uid, started_ms, kind)| summary(uid, started_ms, kind)));
        list
    }

    fn found(list: &List) -> String {
        list.found().map(|summary| summary.uid.as_str()).collect()
    }

    #[test]
    fn everything_that_is_asked_for_has_to_fit() {
        let mut list = list();
        assert_eq!((found(&list), list.counts()), ("dcba".into(), (4, 4)));
        for (words, gateway, tone, expected) in [
            ("cat", "", "", "dcba"),
            ("cat wan-b", "", "", "b"),
            ("cat dog", "", "", ""),
            ("", "ope", "", "db"),
            ("", "", "running", "d"),
            ("", "", "doubt", "a"),
            ("NAMED ", "ope", "failed", "b"),
        ] {
            let gateway = Some(gateway).filter(|gateway| !gateway.is_empty()).map(str::to_owned);
            let mut wanted = Wanted { gateway, tone: Tone::named(tone), ..Wanted::default() };
            wanted.search(words);
            list.ask(wanted);
            assert_eq!(found(&list), expected, "{words} {tone}");
        }
        list.ask(Wanted { model: Some("wan-c".into()), ..Wanted::default() });
        assert_eq!((found(&list), list.counts()), ("c".into(), (1, 4)));
        assert_eq!(list.models(), ["wan-a", "wan-b", "wan-c", "wan-d"]);
    }

    #[test]
    fn a_task_that_changes_keeps_its_place_and_one_that_is_new_goes_to_its_time() {
        let mut list = list();
        assert!(!list.update(summary("d", 4, Kind::Done)), "only its own line");
        assert!(list.update(summary("x", 3, Kind::Waiting)));
        assert_eq!(found(&list), "dcxba");
        assert!(list.update(summary("y", 9, Kind::Waiting)));
        assert_eq!(found(&list), "ydcxba");
        list.ask(Wanted { tone: Some(Tone::Running), ..Wanted::default() });
        assert_eq!(found(&list), "yx");
        assert!(list.update(summary("x", 3, Kind::Done)), "it leaves what is asked for");
        assert_eq!(found(&list), "y");
    }

    #[test]
    fn what_is_taken_out_comes_back_where_it_was() {
        let mut list = list();
        let taken = list.take(&["c".into(), "a".into(), "nobody".into()]);
        assert_eq!((found(&list), taken.len()), ("db".into(), 2));
        list.put_back(taken);
        assert_eq!(found(&list), "dcba");
    }

    #[test]
    fn older_lines_come_behind_those_there_are() {
        let mut list = list();
        list.ask(Wanted { gateway: Some("ope".into()), ..Wanted::default() });
        list.extend([summary("z", 0, Kind::Done), summary("w", 0, Kind::Done)].into_iter());
        assert_eq!((found(&list), list.counts()), ("dbzw".into(), (4, 6)));
    }

    #[test]
    fn a_task_has_one_line_whoever_tells_of_it() {
        let mut list = List::default();
        assert!(list.update(summary("b", 2, Kind::Done)), "it changed before its line was read");
        list.extend([summary("c", 3, Kind::Done), summary("b", 2, Kind::Waiting)].into_iter());
        list.extend([summary("c", 3, Kind::Done), summary("a", 1, Kind::Done)].into_iter());
        assert_eq!((list.counts(), list.found().filter(|one| one.kind == Kind::Done).count()), ((3, 3), 3));
        let taken = list.take(&["c".into()]);
        assert!(list.update(summary("c", 3, Kind::Failed)), "somebody else brought it back");
        list.put_back(taken);
        assert_eq!(list.counts(), (3, 3));
        list.take(&["c".into()]);
        list.extend([summary("c", 0, Kind::Done)].into_iter());
        assert_eq!(list.counts(), (3, 3));
    }

    #[test]
    fn a_tone_is_found_by_its_name() {
        for (name, tone) in TONES {
            assert_eq!((tone.name(), Tone::named(name)), (name, Some(tone)));
        }
        assert_eq!(Tone::named(""), None);
        assert!(Kind::all().all(|kind| Tone::of(kind) != Tone::Running || kind.goes_on() || kind == Kind::ByHand));
    }
}
