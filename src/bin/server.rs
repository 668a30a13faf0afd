//! Native entry: reads the arguments, binds, says where it listens and serves until it is told to stop.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use tokio::net::TcpListener;
use wan_playground::server::clock::Clock;
use wan_playground::server::simulator::Gateway;
use wan_playground::server::{Config, app};

/// Serves the page and simulated Wan gateways; nothing is spent and no key leaves this machine.
#[derive(Debug, Parser)]
#[command(name = "server", version)]
struct Arguments {
    /// Folder of the built page; without it only the simulator is served
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// Port to listen on; 0 picks a free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// How many times faster than in real life a task proceeds
    #[arg(long, default_value_t = 1.0, value_name = "F", value_parser = read_speed)]
    speed: f64,
    /// A gateway that refuses browsers of other origins (may be repeated)
    #[arg(long, value_name = "GATEWAY")]
    deny_cors: Vec<Gateway>,
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
    // Standard output carries the one line that tells where the server listens; everything else goes to standard error.
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(tracing::Level::WARN).init();

    if let Some(folder) = arguments.site.as_ref().filter(|folder| !folder.join("index.html").is_file()) {
        eprintln!("There is no index.html in {}: build the page first, or leave --site away.", folder.display());
        return ExitCode::from(2);
    }
    let address = SocketAddr::new(arguments.host, arguments.port);
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
            eprintln!("Cannot listen on {address} ({error}): choose another --host or --port.");
            return ExitCode::from(2);
        }
    };
    let clock = Arc::new(Clock::real(arguments.speed));
    let router = app(Config { site: arguments.site, clock, deny_cors: arguments.deny_cors });
    match listener.local_addr() {
        Ok(bound) => println!("listening on http://{bound}/"),
        Err(error) => {
            eprintln!("The socket does not tell its address ({error}).");
            return ExitCode::FAILURE;
        }
    }

    let (stop, stopped) = tokio::sync::watch::channel(false);
    tokio::spawn(async move {
        wait_for_signal().await;
        stop.send_replace(true);
    });
    let (mut graceful, mut patience) = (stopped.clone(), stopped);
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move {
        let _: bool = graceful.wait_for(|stop| *stop).await.is_ok();
    });
    tokio::select! {
        outcome = serving => match outcome {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("The server stopped: {error}.");
                ExitCode::FAILURE
            }
        },
        // A waiting call (AceDataCloud's synchronous way) must not hold the process for its whole length.
        () = async {
            let _: bool = patience.wait_for(|stop| *stop).await.is_ok();
            tokio::time::sleep(Duration::from_secs(1)).await;
        } => ExitCode::SUCCESS,
    }
}

/// Ctrl-C anywhere, SIGTERM where there is one.
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
        // No way to be told to stop: serve until killed.
        std::future::pending::<()>().await;
    }
}
