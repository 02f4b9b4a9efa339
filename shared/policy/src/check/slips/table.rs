//! Tables, read as they are written: a name, a colon, a value, a comma.

use super::{
    Slip,
    tokens::{self, Kind, Token},
};
use crate::check::figures;

/// What stands open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Table,
    List,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// A name, or the end of the table.
    Name,
    Colon,
    /// A value, or the end of the list.
    Value,
    /// A comma, or the end.
    Comma,
}

/// The first slip in a file of tables.
pub(super) fn first(text: &str) -> Option<Slip> {
    let mut reader = Reader {
        line: 0,
        open: Vec::new(),
        next: Next::Name,
        table: (String::new(), 0),
        name: String::new(),
        end: (0, 0),
    };
    for (line, words) in (1..).zip(text.lines()) {
        let tokens = tokens::of(words);
        reader.line = line;
        if let Some(slip) = reader.read(&tokens) {
            return Some(slip);
        }
        if let Some(last) = tokens.last() {
            reader.end = (line, last.behind());
        }
    }
    (!reader.open.is_empty()).then(|| reader.no_end())
}

struct Reader {
    line: u32,
    open: Vec<Open>,
    next: Next,
    /// The table that stands open, and the line it starts on.
    table: (String, u32),
    /// The name that was read last.
    name: String,
    /// Where the last line with words ends.
    end: (u32, u32),
}

impl Reader {
    fn read(&mut self, tokens: &[Token<'_>]) -> Option<Slip> {
        let mut rest = tokens;
        if let Some(first) = tokens.first() {
            if self.open.is_empty() {
                rest = match self.head(first, tokens) {
                    Ok(rest) => rest,
                    Err(slip) => return Some(slip),
                };
            } else if first.kind == Kind::Word && tokens.get(1).is_some_and(|token| token.is(":=")) {
                return Some(self.no_end());
            }
        }
        let mut before = None;
        for (at, token) in rest.iter().enumerate() {
            if self.open.is_empty() && at > 0 {
                return Some(self.after_the_end(token));
            }
            let slip = self.token(token, rest.get(at.saturating_add(1)), before);
            if slip.is_some() {
                return slip;
            }
            before = Some(token);
        }
        self.unfinished(before)
    }

    /// A line that is in no table: what is left of it, if a table begins there.
    fn head<'t, 'a>(&mut self, first: &Token<'_>, tokens: &'t [Token<'a>]) -> Result<&'t [Token<'a>], Slip> {
        let slip = |token: &Token<'_>, what: String, fix: &str| Err(self.slip(token.column, what, fix));
        match (first.kind, tokens.get(1), tokens.get(2)) {
            (Kind::Word, ..) if matches!(first.text, "package" | "import") => Ok(&[]),
            (Kind::Word, Some(sign), Some(open)) if sign.is(":=") || sign.is("=") => {
                if open.kind == Kind::Figure {
                    return Ok(&[]);
                }
                if !open.is("{") && !open.is("[") {
                    let what = format!("the table `{}` does not begin with a bracket", first.text);
                    return slip(open, what, &format!("write `{} := {{`", first.text));
                }
                self.table = (first.text.to_owned(), self.line);
                self.next = Next::Value;
                Ok(tokens.get(2..).unwrap_or_default())
            }
            (Kind::Word, Some(sign), None) if sign.is(":=") => {
                let what = format!("the table `{}` does not begin with a bracket", first.text);
                Err(self.slip(sign.behind(), what, &format!("write `{} := {{`", first.text)))
            }
            (Kind::Word, Some(sign), _) if sign.is("{") || sign.is("[") || sign.is(":") => {
                slip(sign, format!("`:=` is missing behind `{}`", first.text), &format!("write `{} := {{`", first.text))
            }
            (Kind::Sign, ..) if matches!(first.text, "}" | "]") => slip(
                first,
                format!("there is a {} too many", first.text),
                "take it out, or put the line back with which its table began",
            ),
            (Kind::Text, ..) => {
                slip(first, "this line stands in no table".to_owned(), "put it between the { and the } of its table")
            }
            _ => slip(
                first,
                "this line is neither a table nor a remark".to_owned(),
                "start it with # if it is a remark, or undo the last edit",
            ),
        }
    }

    fn token(&mut self, token: &Token<'_>, after: Option<&Token<'_>>, before: Option<&Token<'_>>) -> Option<Slip> {
        if token.kind == Kind::Unended {
            return Some(self.unended(token, before));
        }
        match self.next {
            Next::Name => self.name(token, after),
            Next::Colon => self.colon(token),
            Next::Value => self.value(token),
            Next::Comma => self.comma(token, before),
        }
    }

    fn name(&mut self, token: &Token<'_>, after: Option<&Token<'_>>) -> Option<Slip> {
        match token.kind {
            Kind::Text => {
                self.name = token.text.trim_matches('"').to_owned();
                self.next = Next::Colon;
                None
            }
            Kind::Sign if token.text == "}" => self.close(token),
            Kind::Sign if token.text == "," => {
                Some(self.slip(token.column, "there is a comma too many".to_owned(), "take it out"))
            }
            Kind::Word if after.is_some_and(|after| after.kind == Kind::Unended) => {
                let what = format!("the quote before `{}` is missing", token.text);
                Some(self.slip(token.column, what, &format!("write \"{}\"", token.text)))
            }
            Kind::Word => {
                let what = format!("`{}` has no quotes", token.text);
                Some(self.slip(token.column, what, &format!("write \"{}\"", token.text)))
            }
            _ => {
                let what = format!("a name is missing before `{}`", token.text);
                Some(self.slip(token.column, what, "write it as \"name\": 100,"))
            }
        }
    }

    fn colon(&mut self, token: &Token<'_>) -> Option<Slip> {
        if token.is(":") {
            self.next = Next::Value;
            return None;
        }
        let what = match token.text {
            "=" | ":=" => format!("`{}` stands where a colon belongs", token.text),
            _ => format!("a colon is missing behind \"{}\"", self.name),
        };
        Some(self.slip(token.column, what, &format!("put a colon between \"{}\" and its value", self.name)))
    }

    fn value(&mut self, token: &Token<'_>) -> Option<Slip> {
        let open = match token.text {
            "{" => Some((Open::Table, Next::Name)),
            "[" => Some((Open::List, Next::Value)),
            _ => None,
        };
        match (open, token.kind) {
            (Some((open, next)), Kind::Sign) => {
                self.open.push(open);
                self.next = next;
                None
            }
            (None, Kind::Sign) if token.text == "]" => self.close(token),
            (None, Kind::Figure) if !figures::is_whole(token.text) => {
                let (what, fix) = figures::wrong(&self.name, token.text);
                Some(self.slip(token.column, what, &fix))
            }
            (None, Kind::Figure | Kind::Text) => {
                self.next = Next::Comma;
                None
            }
            (None, Kind::Word) if matches!(token.text, "true" | "false") => {
                self.next = Next::Comma;
                None
            }
            _ if matches!(token.text, "," | "}") => {
                let what = format!("the value behind \"{}\" is missing", self.name);
                Some(self.slip(token.column, what, "write digits after the colon, such as 10000"))
            }
            (None, Kind::Sign) if token.text == "-" => {
                let what = "a number here is never below zero".to_owned();
                Some(self.slip(token.column, what, "write it without the minus"))
            }
            _ => {
                let what = format!("`{}` is not a whole number", token.text);
                Some(self.slip(token.column, what, "write digits only, such as 10000"))
            }
        }
    }

    fn comma(&mut self, token: &Token<'_>, before: Option<&Token<'_>>) -> Option<Slip> {
        match (token.kind, before) {
            (Kind::Sign, _) if token.text == "," => {
                let table = self.open.last() == Some(&Open::Table);
                self.next = if table { Next::Name } else { Next::Value };
                None
            }
            (Kind::Sign, _) if matches!(token.text, "}" | "]") => self.close(token),
            (Kind::Text, None) => {
                let (line, column) = self.end;
                let what = "a comma is missing here".to_owned();
                Some(Slip { line, column, what, fix: "put a comma behind the value, before any remark".to_owned() })
            }
            (Kind::Text, Some(_)) => {
                let what = format!("a comma is missing before {}", token.text);
                Some(self.slip(token.column, what, "put a comma between the two"))
            }
            (Kind::Sign, _) if token.text == ";" => {
                Some(self.slip(token.column, "`;` stands where a comma belongs".to_owned(), "write a comma"))
            }
            (Kind::Sign, _) if token.text == "%" => {
                let what = "`%` does not belong here".to_owned();
                Some(self.slip(token.column, what, "write the number alone: 20 is 20 %"))
            }
            _ => {
                let what = format!("`{}` does not belong behind the value", token.text);
                Some(self.slip(token.column, what, "write the value alone, and a comma behind it"))
            }
        }
    }

    fn close(&mut self, token: &Token<'_>) -> Option<Slip> {
        let closes = if token.text == "}" { Open::Table } else { Open::List };
        if self.open.pop() == Some(closes) {
            self.next = Next::Comma;
            return None;
        }
        let what = format!("`{}` does not close what stands open", token.text);
        Some(self.slip(token.column, what, "end a table with } and a list with ]"))
    }

    fn unended(&self, token: &Token<'_>, before: Option<&Token<'_>>) -> Slip {
        let name: String =
            token.text.chars().skip(1).take_while(|c| c.is_ascii_alphanumeric() || "_.-".contains(*c)).collect();
        match before {
            Some(before) if name.is_empty() => {
                let what = format!("the quote behind `{}` has no beginning", before.text);
                self.slip(
                    token.column,
                    what,
                    "put a straight quote (\") on both sides of the name, and none at a number",
                )
            }
            _ => {
                let what = format!("the quote behind `{name}` is missing");
                self.slip(token.column, what, &format!("write \"{name}\""))
            }
        }
    }

    /// What a line may not end with.
    fn unfinished(&self, last: Option<&Token<'_>>) -> Option<Slip> {
        let last = last.filter(|_| !self.open.is_empty())?;
        let (what, fix) = match self.next {
            Next::Colon => {
                (format!("a colon and a number are missing behind \"{}\"", self.name), "write it as \"name\": 100,")
            }
            Next::Value if last.is(":") => (
                format!("the value behind \"{}\" is missing", self.name),
                "write digits after the colon, such as 10000",
            ),
            _ => return None,
        };
        Some(self.slip(last.behind(), what, fix))
    }

    fn after_the_end(&self, token: &Token<'_>) -> Slip {
        match token.text {
            "," => self.slip(token.column, "a table ends with its bracket alone".to_owned(), "take the comma away"),
            "}" | "]" => self.slip(token.column, format!("there is a {} too many", token.text), "take it out"),
            text => {
                let what = format!("`{text}` does not belong behind the end of a table");
                self.slip(token.column, what, "take it away, or start a new line")
            }
        }
    }

    fn no_end(&self) -> Slip {
        let (name, begun) = &self.table;
        let (line, column) = self.end;
        let bracket = if self.open.first() == Some(&Open::List) { "]" } else { "}" };
        let what = format!("the table `{name}`, which begins on line {begun}, has no end");
        Slip { line, column, what, fix: format!("write {bracket} on a line of its own below this one") }
    }

    fn slip(&self, column: u32, what: String, fix: &str) -> Slip {
        Slip { line: self.line, column, what, fix: fix.to_owned() }
    }
}
