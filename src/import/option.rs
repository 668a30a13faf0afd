//! curl's options: all the long names, which of them take a value, and what each means for a request here.

/// What an option does to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// It shapes the request.
    Request,
    /// It does not change it.
    NoEffect,
    /// It reads a file.
    File,
    /// It writes a file.
    Output,
    /// It controls which hosts are contacted and trusted.
    Security,
    /// It starts another request.
    Next,
}

/// `X:` before a name is its short form, `=` after it means that it takes a value. The names of curl 8.17; those with
/// `no-` are listed under the name without it.
const TABLE: [(Class, &str); 6] = [
    (
        Class::Request,
        "X:request= H:header= d:data= data-ascii= data-raw= data-binary= data-urlencode= json= url= url-query= G:get \
         I:head F:form= form-string= T:upload-file= u:user= oauth2-bearer= A:user-agent= e:referer= b:cookie= r:range=",
    ),
    (
        Class::NoEffect,
        "a:append compressed compressed-ssh connect-timeout= C:continue-at= crlf delegation= q:disable disable-eprt \
         disable-epsv disallow-username-in-url dns-interface= dns-ipv4-addr= dns-ipv6-addr= dns-servers= ech= engine= \
         expect100-timeout= f:fail fail-early fail-with-body false-start follow form-escape ftp-account= \
         ftp-alternative-to-user= ftp-create-dirs ftp-method= ftp-pasv P:ftp-port= ftp-pret ftp-skip-pasv-ip \
         ftp-ssl-ccc ftp-ssl-ccc-mode= ftp-ssl-control g:globoff happy-eyeballs-timeout-ms= haproxy-clientip= \
         haproxy-protocol h:help hostpubmd5= hostpubsha256= http0.9 0:http1.0 http1.1 http2 http2-prior-knowledge \
         http3 http3-only ignore-content-length i:include show-headers ip-tos= ipfs-gateway= 4:ipv4 6:ipv6 \
         j:junk-session-cookies keepalive keepalive-cnt= keepalive-time= krb= limit-rate= l:list-only local-port= \
         L:location login-options= mail-auth= mail-from= mail-rcpt= mail-rcpt-allowfails M:manual max-filesize= \
         max-redirs= m:max-time= metalink mptcp alpn npn buffer N:no-buffer progress-meter sessionid noproxy= \
         Z:parallel parallel-immediate parallel-max= parallel-max-host= path-as-is post301 post302 post303 \
         #:progress-bar proto= proto-default= proto-redir= Q:quote= rate= raw request-target= retry= \
         retry-all-errors retry-connrefused retry-delay= retry-max-time= sasl-authzid= sasl-ir service-name= \
         S:show-error s:silent Y:speed-limit= y:speed-time= ssl ssl-reqd ftp-ssl ftp-ssl-reqd styled-output \
         suppress-connect-headers tcp-fastopen tcp-nodelay t:telnet-option= tftp-blksize= tftp-no-options \
         z:time-cond= tls-earlydata tr-encoding trace-config= trace-ids trace-time upload-flags= B:use-ascii \
         v:verbose V:version vlan-priority= w:write-out= egd-file= random-file= test-event environment",
    ),
    (Class::File, "K:config= n:netrc netrc-file= netrc-optional etag-compare= variable= knownhosts="),
    (
        Class::Output,
        "o:output= O:remote-name J:remote-header-name remote-name-all output-dir= create-dirs create-file-mode= \
         D:dump-header= c:cookie-jar= trace= trace-ascii= stderr= libcurl= hsts= alt-svc= etag-save= clobber \
         remove-on-error R:remote-time xattr skip-existing out-null dump-ca-embed",
    ),
    (
        Class::Security,
        "k:insecure cacert= capath= ca-native E:cert= cert-status cert-type= key= key-type= pass= pinnedpubkey= \
         pubkey= crlfile= ciphers= curves= sigalgs= tls13-ciphers= tls-max= 1:tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 \
         2:sslv2 3:sslv3 ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-revoke-best-effort ssl-sessions= \
         tlsauthtype= tlspassword= tlsuser= x:proxy= U:proxy-user= preproxy= proxy-anyauth proxy-basic proxy-cacert= \
         proxy-capath= proxy-ca-native proxy-cert= proxy-cert-type= proxy-ciphers= proxy-crlfile= proxy-digest \
         proxy-header= proxy-http2 proxy-insecure proxy-key= proxy-key-type= proxy-negotiate proxy-ntlm proxy-pass= \
         proxy-pinnedpubkey= proxy-service-name= proxy-ssl-allow-beast proxy-ssl-auto-client-cert \
         proxy-tls13-ciphers= proxy-tlsauthtype= proxy-tlspassword= proxy-tlsuser= proxy-tlsv1 proxy1.0= \
         p:proxytunnel socks4= socks4a= socks5= socks5-basic socks5-gssapi socks5-gssapi-nec socks5-gssapi-service= \
         socks5-hostname= resolve= connect-to= interface= doh-url= doh-insecure doh-cert-status unix-socket= \
         abstract-unix-socket= location-trusted aws-sigv4= anyauth basic digest negotiate ntlm ntlm-wb",
    ),
    (Class::Next, "::next"),
];

/// An option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Long name, without hyphens.
    pub name: &'static str,
    /// Whether a value follows.
    pub takes: bool,
    /// What it does here.
    pub class: Class,
}

/// What a long name resolves to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// This option.
    One(Known),
    /// A prefix of several; whether all of them take a value.
    Several(bool),
    /// None.
    No,
}

/// All options, indexed for lookup: a text may contain a million of them.
pub struct Options {
    /// By name.
    known: Vec<Known>,
    /// By ASCII letter, in `known`.
    letters: [Option<Known>; 128],
}

impl Options {
    /// Reads the table.
    pub fn new() -> Self {
        let mut all = Self { known: Vec::with_capacity(300), letters: [None; 128] };
        for (class, names) in TABLE {
            for word in names.split_ascii_whitespace() {
                let (letter, word) = match word.as_bytes() {
                    [letter, b':', ..] => (Some(*letter), &word[2..]),
                    _ => (None, word),
                };
                let name = word.trim_end_matches('=');
                let known = Known { name, takes: name.len() < word.len(), class };
                all.known.push(known);
                if let Some(letter) = letter {
                    all.letters[usize::from(letter)] = Some(known);
                }
            }
        }
        all.known.sort_unstable_by_key(|known| known.name);
        all
    }

    /// The option with this short form.
    pub fn letter(&self, letter: char) -> Option<Known> {
        self.letters.get(letter as usize).copied().flatten()
    }

    /// The option of a long name, which may be abbreviated as long as it is unambiguous.
    pub fn long(&self, name: &str) -> Named {
        match self.begun(name) {
            // `--no-X` negates a flag.
            Named::No => match name.strip_prefix("no-").map(|name| self.begun(name)) {
                Some(Named::One(known)) if !known.takes => Named::One(Known { class: Class::NoEffect, ..known }),
                _ => Named::No,
            },
            found => found,
        }
    }

    fn begun(&self, name: &str) -> Named {
        let from = self.known.partition_point(|known| known.name < name);
        let mut begun = self.known[from..].iter().take_while(|known| known.name.starts_with(name));
        match (begun.next(), begun.next()) {
            (Some(known), _) if known.name == name => Named::One(*known),
            (Some(known), None) if !name.is_empty() => Named::One(*known),
            (Some(_), _) if !name.is_empty() => {
                let mut begun = self.known[from..].iter().take_while(|known| known.name.starts_with(name));
                Named::Several(begun.all(|known| known.takes))
            }
            _ => Named::No,
        }
    }

    /// Whether a word is a complete option name.
    pub fn is_exact(&self, word: &str) -> bool {
        let Some(rest) = word.strip_prefix('-') else { return false };
        if let Some(name) = rest.strip_prefix('-') {
            return matches!(self.long(name), Named::One(known) if known.name == name);
        }
        let mut letters = rest.chars();
        matches!((letters.next(), letters.next()), (Some(letter), None) if self.letter(letter).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_whole_and_cut_short() {
        let options = Options::new();
        let name = |text: &str| match options.long(text) {
            Named::One(known) => known.name.to_owned(),
            other => format!("{other:?}"),
        };
        for (text, expected) in [
            ("data", "data"),
            ("data-r", "data-raw"),
            ("data-", "Several(true)"),
            ("dat", "Several(true)"),
            ("head", "head"),
            ("header", "header"),
            ("heade", "header"),
            ("req", "Several(true)"),
            ("reques", "Several(true)"),
            ("request", "request"),
            ("comp", "Several(false)"),
            ("loc", "Several(false)"),
            ("no-buffer", "no-buffer"),
            ("no-keepalive", "keepalive"),
            ("no-data", "No"),
            ("", "No"),
            ("wibble", "No"),
        ] {
            assert_eq!(name(text), expected, "{text}");
        }
        assert!(options.is_exact("-H") && options.is_exact("--header") && !options.is_exact("-HX"));
        assert!(!options.is_exact("-") && !options.is_exact("--") && !options.is_exact("H"));
    }

    #[test]
    fn no_name_and_no_letter_stands_twice() {
        let options = Options::new();
        assert!(options.known.windows(2).all(|pair| pair[0].name < pair[1].name));
        let letters = options.letters.iter().flatten().count();
        let said: usize =
            TABLE.iter().map(|(_, names)| names.split(' ').filter(|n| n[1..].starts_with(':')).count()).sum();
        assert_eq!(letters, said);
        assert!(options.known.len() >= 260, "{}", options.known.len());
    }
}
