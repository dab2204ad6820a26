//! HTTP/1.1 over one kept connection: so little work that the server is what is measured.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::ops::ControlFlow;

use serde_json::Value;

use super::Outcome;

/// One connection.
pub struct Client {
    address: String,
    stream: BufReader<TcpStream>,
    credential: String,
    buffer: Vec<u8>,
}

/// The head of an answer.
struct Head {
    status: u16,
    cookie: Option<String>,
    length: Option<usize>,
}

impl Client {
    /// Connects to `http://HOST:PORT`.
    pub fn connect(url: &str) -> Outcome<Self> {
        let address = url.trim_start_matches("http://").trim_end_matches('/').to_owned();
        let stream = TcpStream::connect(&address)?;
        stream.set_nodelay(true)?;
        let stream = BufReader::with_capacity(1 << 18, stream);
        Ok(Self { address, stream, credential: String::new(), buffer: Vec::new() })
    }

    /// The same, with a device's token.
    pub fn connect_device(url: &str, token: &str) -> Outcome<Self> {
        let mut client = Self::connect(url)?;
        client.credential = format!("Authorization: Bearer {token}\r\n");
        Ok(client)
    }

    /// The same, with the cookie of somebody who signed in.
    pub fn connect_staff(url: &str, cookie: &str) -> Outcome<Self> {
        let mut client = Self::connect(url)?;
        client.credential = format!("Cookie: {cookie}\r\n");
        Ok(client)
    }

    /// Sends a request and reads the whole answer: its status and what it says.
    pub fn send(&mut self, method: &str, path: &str, body: &str) -> Outcome<(u16, &[u8])> {
        self.ask(method, path, body)?;
        let head = self.head()?;
        self.body(&head)?;
        Ok((head.status, &self.buffer))
    }

    /// Sends a request that must succeed and gives its JSON.
    pub fn json(&mut self, method: &str, path: &str, body: &Value) -> Outcome<Value> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let (status, answer) = self.send(method, path, &body)?;
        if !(200..300).contains(&status) {
            return Err(format!("{method} {path}: {status} {}", String::from_utf8_lossy(answer)).into());
        }
        if answer.is_empty() { Ok(Value::Null) } else { Ok(serde_json::from_slice(answer)?) }
    }

    /// Signs in with a one-time token and gives the cookie.
    pub fn sign_in(&mut self, link: &str) -> Outcome<String> {
        self.ask("POST", "/api/sign-in", &serde_json::json!({"link": link}).to_string())?;
        let head = self.head()?;
        self.body(&head)?;
        let failed = || format!("signing in failed: {} {}", head.status, String::from_utf8_lossy(&self.buffer));
        head.cookie.clone().ok_or_else(|| failed().into())
    }

    /// Asks for something long and hands its parts on as they come, until the end or until one is enough.
    pub fn stream(&mut self, path: &str, mut part: impl FnMut(&[u8]) -> ControlFlow<()>) -> Outcome {
        self.ask("GET", path, "")?;
        let head = self.head()?;
        if head.status != 200 {
            self.body(&head)?;
            return Err(format!("{path}: {} {}", head.status, String::from_utf8_lossy(&self.buffer)).into());
        }
        let mut left = head.length.unwrap_or(0);
        loop {
            if left == 0 && head.length.is_none() {
                left = self.chunk_length()?;
            }
            if left == 0 {
                return Ok(());
            }
            let bytes = self.stream.fill_buf()?;
            let taken = bytes.len().min(left);
            if taken == 0 {
                return Err(format!("{path} broke off").into());
            }
            if part(&bytes[..taken]).is_break() {
                return Ok(());
            }
            self.stream.consume(taken);
            left -= taken;
            if left == 0 && head.length.is_none() {
                self.line()?;
            } else if left == 0 {
                return Ok(());
            }
        }
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> Outcome {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nOrigin: http://{}\r\n{}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            self.address,
            self.credential,
            body.len()
        );
        Ok(self.stream.get_mut().write_all(request.as_bytes())?)
    }

    fn head(&mut self) -> Outcome<Head> {
        let status_line = self.line()?;
        let status = status_line.split(' ').nth(1).and_then(|code| code.parse().ok());
        let mut head = Head { status: status.ok_or("no answer")?, cookie: None, length: Some(0) };
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else { return Ok(head) };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => head.length = Some(value.parse()?),
                "transfer-encoding" => head.length = None,
                "set-cookie" => head.cookie = value.split(';').next().map(str::to_owned),
                _ => {}
            }
        }
    }

    fn body(&mut self, head: &Head) -> Outcome {
        self.buffer.clear();
        if let Some(length) = head.length {
            self.buffer.resize(length, 0);
            return Ok(self.stream.read_exact(&mut self.buffer)?);
        }
        loop {
            let length = self.chunk_length()?;
            let start = self.buffer.len();
            self.buffer.resize(start + length, 0);
            self.stream.read_exact(&mut self.buffer[start..])?;
            self.line()?;
            if length == 0 {
                return Ok(());
            }
        }
    }

    fn chunk_length(&mut self) -> Outcome<usize> {
        Ok(usize::from_str_radix(self.line()?.trim(), 16)?)
    }

    fn line(&mut self) -> Outcome<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            return Err("the server hung up".into());
        }
        line.truncate(line.trim_end().len());
        Ok(line)
    }
}
