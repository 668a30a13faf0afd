//! A create call in which local files that have to be uploaded first are only named.

use super::Job;
use crate::catalog::UploadWay;
use crate::http::{Body, Json, Request};
use crate::upload::Plan;
use crate::upload::first::First;

/// A file that the program uploads.
pub struct Named {
    /// What stands for it in the body.
    pub mark: String,
    /// Where it is, seen from the program.
    pub path: String,
    /// Its upload.
    pub plan: Plan,
}

/// The create call of a job with names in place of the files that are uploaded first, and these files, unless one of
/// them has no place; `None` if there are none. The call has the headers that it needs with the links of these files.
pub fn named(job: &Job<'_>) -> Option<(Request, Vec<Named>)> {
    let body = job.create.body.as_ref().and_then(Body::json).filter(|_| !job.uploads.is_empty())?;
    let marked: Vec<Marked<'_>> =
        job.uploads.iter().enumerate().map(|(index, first)| Marked::new(job.uploads, index, first)).collect();
    let create = job.create.holding(headers(job), replaced(body, &marked));
    let file = |Marked { first, path, mark }: Marked<'_>| Some(Named { mark, path, plan: first.plan.clone()? });
    Some((create, marked.into_iter().map(file).collect::<Option<_>>().unwrap_or_default()))
}

struct Marked<'a> {
    first: &'a First,
    path: String,
    mark: String,
}

impl<'a> Marked<'a> {
    fn new(all: &[First], index: usize, first: &'a First) -> Self {
        let name = &first.file.name;
        // Files of the same name from several folders cannot lie beside one program: it asks for another name.
        let is_taken = all[..index].iter().any(|known| known.file.name == *name);
        let path = if is_taken { [&(index + 1).to_string(), "-", name].concat() } else { name.clone() };
        Self { first, mark: first.file.mark(&path), path }
    }
}

fn headers(job: &Job<'_>) -> Vec<(String, String)> {
    let mut headers = job.create.headers.clone();
    let is_policy =
        |first: &First| first.plan.as_ref().is_some_and(|plan| plan.place().upload().way == UploadWay::Policy);
    if job.uploads.iter().any(is_policy) {
        for (name, value) in &job.endpoint.oss_headers {
            if !headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)) {
                headers.push((name.to_owned(), (*value).to_owned()));
            }
        }
    }
    headers
}

fn replaced(value: &Json, marked: &[Marked<'_>]) -> Json {
    match value {
        Json::File(file) => {
            let mark = marked.iter().find(|marked| marked.first.file == *file);
            mark.map_or_else(|| value.clone(), |marked| Json::Text(marked.mark.clone()))
        }
        Json::List(list) => Json::List(list.iter().map(|item| replaced(item, marked)).collect()),
        Json::Object(members) => {
            Json::Object(members.iter().map(|(name, value)| (name.clone(), replaced(value, marked))).collect())
        }
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Files;
    use crate::media::{Format, LocalFile};
    use std::sync::Arc;

    #[test]
    fn what_stands_for_a_file_is_what_people_are_shown_of_it() {
        let name = "a \"\u{732b}\" (1).png".to_owned();
        let file = Arc::new(LocalFile { name, format: Some(Format::Png), bytes: 12, ..LocalFile::default() });
        let shown = Json::File(Arc::clone(&file)).print(Files::Marked);
        assert_eq!(Json::Text(file.mark(&file.name)).print(Files::Whole), shown);
    }
}
