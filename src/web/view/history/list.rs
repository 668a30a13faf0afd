//! The list as data: lines of all tasks, newest first, and which of them are asked for. Ten thousand are read and
//! searched as plain texts; only the few that are on the screen become elements.

use crate::snapshot::{Kind, Summary};
use std::collections::HashSet;

/// A line, and what is searched in it.
pub struct Line {
    /// What is shown.
    pub summary: Summary,
    haystack: String,
}

/// What is asked for. Empty texts ask for everything.
#[derive(Default, Clone)]
pub struct Wanted {
    /// Words that all have to occur, in small letters.
    pub words: Vec<String>,
    /// Gateway id.
    pub gateway: String,
    /// Model id.
    pub model: String,
    /// What the states have in common.
    pub tone: String,
}

/// All lines, and the places of those that are asked for.
#[derive(Default)]
pub struct List {
    lines: Vec<Line>,
    found: Vec<usize>,
    wanted: Wanted,
}

/// A word for styling and filtering: what a kind means.
pub fn tone(kind: Kind) -> &'static str {
    match kind {
        Kind::Sending | Kind::Waiting | Kind::Fetching | Kind::ByHand => "running",
        Kind::Done => "done",
        Kind::Doubtful | Kind::Lost | Kind::Canceled => "doubt",
        Kind::NotSent | Kind::Refused | Kind::Failed => "failed",
    }
}

impl Line {
    fn of(summary: Summary) -> Self {
        let haystack =
            [summary.prompt.as_str(), &summary.id, &summary.model, &summary.gateway].join("\n").to_lowercase();
        Self { summary, haystack }
    }

    fn fits(&self, wanted: &Wanted) -> bool {
        let same = |asked: &str, is: &str| asked.is_empty() || asked == is;
        same(&wanted.gateway, &self.summary.gateway)
            && same(&wanted.model, &self.summary.model)
            && same(&wanted.tone, tone(self.summary.kind))
            && wanted.words.iter().all(|word| self.haystack.contains(word))
    }
}

impl List {
    /// Adds lines that are older than those there are.
    pub fn extend(&mut self, summaries: impl Iterator<Item = Summary>) {
        for summary in summaries {
            let line = Line::of(summary);
            if line.fits(&self.wanted) {
                self.found.push(self.lines.len());
            }
            self.lines.push(line);
        }
    }

    /// Asks for something else.
    pub fn ask(&mut self, wanted: Wanted) {
        self.wanted = wanted;
        self.search();
    }

    fn search(&mut self) {
        let fitting = self.lines.iter().enumerate().filter(|(_, line)| line.fits(&self.wanted));
        self.found = fitting.map(|(place, _)| place).collect();
    }

    /// Takes in what a task is now. `true` if more than its own line changes on the screen.
    pub fn update(&mut self, summary: Summary) -> bool {
        let place = self.lines.iter().position(|line| line.summary.uid == summary.uid);
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

    /// Takes lines out and hands them over, to be put back as they were.
    pub fn take(&mut self, uids: &[String]) -> Vec<Line> {
        let uids: HashSet<&str> = uids.iter().map(String::as_str).collect();
        let (taken, kept) =
            std::mem::take(&mut self.lines).into_iter().partition(|line| uids.contains(line.summary.uid.as_str()));
        self.lines = kept;
        self.search();
        taken
    }

    /// Puts lines back.
    pub fn put_back(&mut self, lines: Vec<Line>) {
        self.lines.extend(lines);
        self.lines.sort_by_key(|line| std::cmp::Reverse(line.summary.started_ms));
        self.search();
    }

    /// How many are asked for, and how many there are.
    pub fn counts(&self) -> (usize, usize) {
        (self.found.len(), self.lines.len())
    }

    /// Those asked for, newest first.
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
