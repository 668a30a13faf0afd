//! Caddy or nginx with its configuration in `deploy/`.
//!
//! A copy is made with a few lines changed: where it listens, where its files are, and what takes the place of the
//! gateways. Each changed line must occur exactly once.

use super::addresses::Secure;
use super::bench::{Answer, CANARY, raw, request};
use base64::Engine as _;
use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

/// Which web server.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    Caddy,
    Nginx,
}

/// Both, in turn.
pub const BOTH: [Kind; 2] = [Kind::Caddy, Kind::Nginx];

/// What takes the place of the gateways.
pub enum Behind<'a> {
    /// The simulator of this server.
    Simulator(SocketAddr),
    /// One made up here.
    Gateway(SocketAddr),
    /// One that speaks TLS, and the certificate that vouches for it, if any.
    Secure(&'a Secure, Option<&'a [u8]>),
}

/// A running proxy.
pub struct Proxy {
    kind: Kind,
    /// Its address.
    pub address: SocketAddr,
    folder: PathBuf,
    child: Child,
}

impl Proxy {
    /// Starts it with its configuration.
    pub fn start(kind: Kind, behind: &Behind<'_>) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("proxy-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        site(&folder.join("site"));
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = free.local_addr().expect("an address");
        drop(free);
        let mut command = match kind {
            Kind::Caddy => caddy(&folder, address, behind),
            Kind::Nginx => nginx(&folder, address, behind),
        };
        let said = fs::File::create(folder.join("said.log")).expect("the folder can be written");
        let also = said.try_clone().expect("a file can be opened twice");
        let child = command.stdin(Stdio::null()).stdout(said).stderr(also).spawn().unwrap_or_else(|why| {
            panic!("This test runs {kind:?}, which is not here ({why}): install the packages `caddy`, `nginx` and `libnginx-mod-http-brotli-static`.")
        });
        let proxy = Self { kind, address, folder, child };
        for _ in 0..250 {
            if TcpStream::connect(address).is_ok() {
                return proxy;
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("{kind:?} does not start:\n{}", proxy.said());
    }

    /// Everything it has written.
    pub fn said(&self) -> String {
        let files = ["said.log", "access.log", "error.log"];
        files.iter().map(|name| fs::read_to_string(self.folder.join(name)).unwrap_or_default()).collect()
    }

    /// A call with the key and these additional headers.
    pub fn call(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Answer {
        let key = format!("Bearer {CANARY}");
        let mut all = vec![("Authorization", key.as_str())];
        if body.is_some() {
            all.push(("Content-Type", "application/json"));
        }
        all.extend(headers);
        Answer::read(&raw(self.address, &request(&self.address.to_string(), method, path, &all, body)))
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // nginx stops its workers when it is told to stop; killed outright, it would leave them running.
        drop(Command::new("kill").arg(self.child.id().to_string()).status());
        drop(self.child.wait());
        let said = self.said();
        assert!(thread::panicking() || !said.contains("canary"), "{:?}: the log holds a canary:\n{said}", self.kind);
        // A folder left behind in the target folder is harmless.
        drop(fs::remove_dir_all(&self.folder));
    }
}

/// Changes a part that must occur exactly once.
fn change(text: &mut String, part: &str, to: &str) {
    assert_eq!(text.matches(part).count(), 1, "`{part}` must stand in the configuration once");
    *text = text.replace(part, to);
}

fn template(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy").join(name);
    fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

fn certificate(folder: &Path, der: &[u8]) -> String {
    let lines = base64::engine::general_purpose::STANDARD.encode(der);
    let path = folder.join("trusted.pem");
    let text = format!("-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n");
    fs::write(&path, text).expect("the folder can be written");
    path.display().to_string()
}

fn caddy(folder: &Path, address: SocketAddr, behind: &Behind<'_>) -> Command {
    let mut text = template("Caddyfile");
    // No admin port: several run side by side.
    change(&mut text, "\n{\n", "\n{\n\tadmin off\n");
    change(&mut text, "\nwan.example.com {", &format!("\nhttp://{address} {{"));
    change(&mut text, "/srv/wan-playground", &folder.join("site").display().to_string());
    let (upstream, prefix) = match behind {
        Behind::Simulator(simulator) => (simulator.to_string(), "/sim/{relay_gateway}"),
        Behind::Gateway(gateway) => (gateway.to_string(), "/stand-in"),
        // The name in the handshake is that of the address, as with a gateway.
        Behind::Secure(server, _) => (format!("{{relay_host}}:{}", server.address.port()), ""),
    };
    change(&mut text, "reverse_proxy {relay_host}:443 {", &format!("reverse_proxy {upstream} {{"));
    change(&mut text, "rewrite * {relay_call}", &format!("rewrite * {prefix}{{relay_call}}"));
    if let Behind::Secure(_, root) = behind {
        change(
            &mut text,
            "(api-platform\\.ope\\.ai)/\" \"${1}\" \"${2}\"",
            "(api-platform\\.ope\\.ai)/\" \"${1}\" localhost",
        );
        if let Some(root) = root {
            let trusted = format!("\ntls\ntls_trusted_ca_certs {}\n", certificate(folder, root));
            change(&mut text, "\n\t\t\t\t\ttls\n", &trusted);
        }
    } else {
        change(&mut text, "\n\t\t\t\t\ttls\n", "\n");
    }
    let path = folder.join("Caddyfile");
    fs::write(&path, text).expect("the folder can be written");
    let mut command = Command::new("caddy");
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(path);
    // It stores its state in the user's folders.
    command.env("HOME", folder).env("XDG_CONFIG_HOME", folder).env("XDG_DATA_HOME", folder);
    command
}

fn nginx(folder: &Path, address: SocketAddr, behind: &Behind<'_>) -> Command {
    let place = folder.display();
    let mut text = template("nginx.conf");
    change(&mut text, "user www-data;", "user root;");
    change(&mut text, "pid /run/nginx.pid;", &format!("pid {place}/pid;"));
    change(&mut text, "error_log /var/log/nginx/error.log", &format!("error_log {place}/error.log"));
    change(&mut text, "access_log /var/log/nginx/access.log", &format!("access_log {place}/access.log"));
    change(&mut text, "root /srv/wan-playground;", &format!("root {place}/site;"));
    // Plain http on a separate port; the server that only redirects to https is out of the way.
    change(&mut text, "listen 80 default_server;", &format!("listen {address} default_server;"));
    change(&mut text, "listen 443 ssl default_server;", "");
    change(&mut text, "listen 80;", &format!("listen unix:{place}/http.sock;"));
    change(
        &mut text,
        "listen 443 ssl http2;\n        server_name wan.example.com;",
        &format!("listen {address};\nserver_name {};", address.ip()),
    );
    change(&mut text, "ssl_certificate /etc/letsencrypt/live/wan.example.com/fullchain.pem;", "");
    change(&mut text, "ssl_certificate_key /etc/letsencrypt/live/wan.example.com/privkey.pem;", "");
    let origin = match behind {
        Behind::Simulator(simulator) => format!("http://{simulator}/sim/$relay_gateway"),
        Behind::Gateway(gateway) => format!("http://{gateway}/stand-in"),
        Behind::Secure(server, root) => {
            if let Some(root) = root {
                change(&mut text, "/etc/ssl/certs/ca-certificates.crt", &certificate(folder, root));
            }
            format!("https://{}", server.address)
        }
    };
    change(&mut text, "default \"https://$relay_host\";", &format!("default \"{origin}\";"));
    // Its temporary files: the package's folders belong to root.
    let working = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    for name in working {
        change(&mut text, "\nhttp {\n", &format!("\nhttp {{\n{name}_temp_path {place}/{name};\n"));
    }
    let path = folder.join("nginx.conf");
    fs::write(&path, text).expect("the folder can be written");
    // Debian installs it where only root's path looks.
    let program = ["/usr/sbin/nginx", "/usr/local/sbin/nginx"].into_iter().find(|path| Path::new(path).is_file());
    let mut command = Command::new(program.unwrap_or("nginx"));
    command.arg("-e").arg(folder.join("error.log")).args(["-g", "daemon off;", "-c"]).arg(path);
    command
}

/// A site as `cargo xtask dist` builds it, but small.
fn site(folder: &Path) {
    fs::create_dir_all(folder).expect("the target folder can be written");
    for name in ["index.html", "app-0123456789.js", "app_bg-abcdef0123.wasm", "style-0a1b2c3d4e.css", "embed.js"] {
        for ending in ["", ".br", ".gz"] {
            fs::write(folder.join(format!("{name}{ending}")), format!("{name}{ending}")).expect("it can be written");
        }
    }
}
