//! Native entry point: reads the arguments, binds, prints where it listens and serves until it is told to stop.

use std::io::IsTerminal;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use tokio::net::TcpListener;
use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::prelude::*;
use wan_playground::address::BaseUrl;
use wan_playground::server::clock::Clock;
use wan_playground::server::relay::{Settings, Target};
use wan_playground::server::simulator::{Gateway, Openings, StateFile};
use wan_playground::server::{Config, FRAME_ANCESTORS, listen, with_relay};

/// How long a client may take to send the request head, and how long a connection may be idle.
const HEAD: Duration = Duration::from_secs(30);

/// Serves the page, simulated Wan gateways, at which nothing is spent, and the relay to the real ones.
#[derive(Debug, Parser)]
#[command(name = "server", version)]
// Each is a switch of its own on the command line.
#[allow(clippy::struct_excessive_bools)]
struct Arguments {
    /// Folder of the built page; without it only the simulator is served
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDRESS")]
    bind: IpAddr,
    /// Port to listen on; 0 picks a free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Speed of simulated tasks: 20 runs them 20 times as fast as in real life
    #[arg(long, default_value_t = 1.0, value_name = "F", value_parser = read_speed)]
    speed: f64,
    /// A simulated gateway that refuses browsers of other origins, as without CORS (may be repeated)
    #[arg(long, value_name = "GATEWAY")]
    deny_cors: Vec<Gateway>,
    /// File that preserves simulated tasks across restarts
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Who may show the page in a frame: 'self', or sources such as `https://docs.example.com http://localhost:*`
    #[arg(long, default_value = FRAME_ANCESTORS, value_name = "SOURCES", value_parser = read_sources)]
    frame_ancestors: String,
    /// Additional host name the relay responds to (may be repeated)
    #[arg(long, value_name = "NAME", value_parser = read_name)]
    host: Vec<String>,
    /// Post results to the callback URLs in requests, on this machine only
    #[arg(long)]
    callbacks: bool,
    /// Let public websites call the simulator (Private Network Access)
    #[arg(long)]
    allow_private_network: bool,
    /// What the relay calls instead of a gateway; port 0 is this server's own (may be repeated)
    #[arg(long, value_name = "GATEWAY=http://127.0.0.1:PORT/PATH", conflicts_with = "no_relay")]
    relay_to: Vec<Target>,
    /// Turn off the relay: nothing leaves this machine
    #[arg(long)]
    no_relay: bool,
    /// End when standard input does, and so with the program that started this one
    #[arg(long, hide = true)]
    end_with_input: bool,
    /// Check a catalog.json, report problems and exit
    #[arg(long, value_name = "FILE")]
    check_catalog: Option<PathBuf>,
}

fn read_name(text: &str) -> Result<String, String> {
    match BaseUrl::parse(&format!("https://{text}")) {
        Ok(base) if base.text() == format!("https://{}", text.to_ascii_lowercase()) && !text.contains([':', '/']) => {
            Ok(text.to_ascii_lowercase())
        }
        _ => Err("a name is that of a host, without port or path".to_owned()),
    }
}

/// Sources of a policy, with no second directive after them.
fn read_sources(text: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_graphic() && !";,\"".contains(c);
    if !text.trim().is_empty() && text.chars().all(|c| c == ' ' || plain(c)) {
        Ok(text.trim().to_owned())
    } else {
        Err("sources are 'self', 'none', or origins, with spaces between them".to_owned())
    }
}

impl Arguments {
    fn relay(&self, bound: SocketAddr) -> Option<Settings> {
        let mut settings = Settings::at(bound);
        settings.hosts.clone_from(&self.host);
        settings.targets = self.relay_to.iter().map(|target| target.at_own_port(bound.port())).collect();
        (!self.no_relay).then_some(settings)
    }
}

fn read_speed(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(speed) if speed.is_finite() && (0.01..=10_000.0).contains(&speed) => Ok(speed),
        _ => Err("a speed is a number from 0.01 to 10000".to_owned()),
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(file) = &arguments.check_catalog {
        return check_catalog(file);
    }
    // Standard output carries the one line that says where the server listens; everything else goes to standard error.
    let lines =
        tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    let wanted = Targets::new().with_default(Level::WARN).with_target("relay", Level::INFO);
    tracing_subscriber::registry().with(lines).with(wanted).init();

    if let Some(folder) = arguments.site.as_ref().filter(|folder| !folder.join("index.html").is_file()) {
        eprintln!("There is no index.html in {}: build the page first, or leave --site away.", folder.display());
        return ExitCode::from(2);
    }
    let state = match arguments.state.clone().map(|path| (path.display().to_string(), StateFile::open(path))) {
        None => None,
        Some((_, Ok(file))) => Some(file),
        Some((name, Err(error))) => {
            eprintln!("The simulator's tasks in {name} cannot be read ({error}): name another file with --state.");
            return ExitCode::from(2);
        }
    };
    let address = SocketAddr::new(arguments.bind, arguments.port);
    let listener = match TcpListener::bind(address).await {
        Ok(listener) => listener,
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            eprintln!(
                "Port {} is already in use: stop the program that uses it, or choose another with --port (0 picks a free one).",
                arguments.port
            );
            return ExitCode::from(2);
        }
        Err(error) => {
            eprintln!("Cannot listen on {address} ({error}): choose another --bind or --port.");
            return ExitCode::from(2);
        }
    };
    let bound = match listener.local_addr() {
        Ok(bound) => bound,
        Err(error) => {
            eprintln!("The socket does not tell its address ({error}).");
            return ExitCode::FAILURE;
        }
    };
    let relay = arguments.relay(bound);
    let clock = Arc::new(Clock::real(arguments.speed));
    let openings = Openings {
        callbacks: arguments.callbacks,
        private_network: arguments.allow_private_network,
        hosts: arguments.host.clone(),
    };
    let (site, deny_cors, frame_ancestors) = (arguments.site, arguments.deny_cors, arguments.frame_ancestors);
    let router = with_relay(Config { site, clock, deny_cors, state, frame_ancestors, openings }, relay);
    println!("listening on http://{bound}/");

    let (stop, stopped) = tokio::sync::watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            () = wait_for_signal() => {}
            () = end_of_input(), if arguments.end_with_input => {}
        }
        stop.send_replace(true);
    });
    let (mut graceful, mut patience) = (stopped.clone(), stopped);
    let serving = listen::serve(listener, router, HEAD, async move {
        let _: bool = graceful.wait_for(|stop| *stop).await.is_ok();
    });
    tokio::select! {
        () = serving => ExitCode::SUCCESS,
        // A waiting call (AceDataCloud's synchronous mode) must not keep the process alive for its whole duration.
        () = async {
            let _: bool = patience.wait_for(|stop| *stop).await.is_ok();
            tokio::time::sleep(Duration::from_secs(1)).await;
        } => ExitCode::SUCCESS,
    }
}

fn check_catalog(file: &std::path::Path) -> ExitCode {
    let name = file.display().to_string();
    match std::fs::read_to_string(file) {
        Ok(text) => {
            let (told, good) = wan_playground::server::catalog::check(&name, &text);
            print!("{told}");
            if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("{name} cannot be read: {error}");
            ExitCode::from(2)
        }
    }
}

/// Standard input is at its end. Whoever holds the other side of a pipe may be killed; this is noticed all the same.
async fn end_of_input() {
    let (held, ended) = tokio::sync::oneshot::channel::<()>();
    std::thread::spawn(move || {
        let _: std::io::Result<u64> = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        drop(held);
    });
    let _: Result<(), _> = ended.await;
}

/// Ctrl-C everywhere, SIGTERM where it exists.
async fn wait_for_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    if tokio::signal::ctrl_c().await.is_err() {
        // There is no signal to wait for: serve until killed.
        std::future::pending::<()>().await;
    }
}
