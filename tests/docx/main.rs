//! The .docx reader, seen from outside: what Word shows is what the document holds.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod detection;
mod fixture;
mod hostile;
mod numbering;
mod oracle;
mod tables;
mod text;
