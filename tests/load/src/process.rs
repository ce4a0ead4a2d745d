//! What the system says of a process.

use std::{collections::HashSet, fs};

use anyhow::{Context, Result};

/// Clock ticks of `/proc/<pid>/stat` in a second; Linux has fixed it at 100 for user space.
const TICKS_A_SECOND: f64 = 100.0;
/// 127.0.0.1 and a socket that listens, as `/proc/<pid>/net/tcp` writes them.
const LOOPBACK: &str = "0100007F";
const LISTENS: &str = "0A";

/// Processor time that a process has used so far, in seconds.
pub fn cpu_seconds(pid: u32) -> Result<f64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks: f64 = fields[11].parse::<f64>()? + fields[12].parse::<f64>()?;
    Ok(ticks / TICKS_A_SECOND)
}

/// Resident memory of a process, in MiB.
pub fn resident_mib(pid: u32) -> Result<f64> {
    Ok(kib_of(&fs::read_to_string(format!("/proc/{pid}/status"))?, "VmRSS:")? / 1024.0)
}

/// Memory of a process and of all that it started. What several share counts once among them; where the system does not say it, each has it all. Unit: MB.
pub fn family_mb(pid: u32) -> Result<f64> {
    let mut kib = 0.0;
    for member in family(pid)? {
        kib += match fs::read_to_string(format!("/proc/{member}/smaps_rollup")) {
            Ok(rollup) => kib_of(&rollup, "Pss:")?,
            Err(_) => kib_of(&fs::read_to_string(format!("/proc/{member}/status"))?, "VmRSS:")?,
        };
    }
    Ok(kib * 1024.0 / 1e6)
}

/// A process, its children, theirs.
fn family(pid: u32) -> Result<Vec<u32>> {
    let mut parents = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let Some(process) = entry?.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        // One that has ended meanwhile has no parent.
        let Ok(stat) = fs::read_to_string(format!("/proc/{process}/stat")) else { continue };
        let parent = stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(1)?.parse::<u32>().ok());
        parents.extend(parent.map(|parent| (process, parent)));
    }
    let mut members = vec![pid];
    let mut next = 0;
    while next < members.len() {
        let of_this = members[next];
        members.extend(parents.iter().filter(|(_, parent)| *parent == of_this).map(|(process, _)| *process));
        next += 1;
    }
    Ok(members)
}

/// The number behind `key` in a file of `/proc`.
fn kib_of(text: &str, key: &str) -> Result<f64> {
    let line = text.lines().find(|line| line.starts_with(key)).with_context(|| format!("no {key}"))?;
    Ok(line.split_whitespace().nth(1).with_context(|| format!("no number behind {key}"))?.parse()?)
}

/// Ports on which a process listens for this machine alone.
pub fn loopback_ports(pid: u32) -> Result<Vec<u16>> {
    let mut sockets = HashSet::new();
    for descriptor in fs::read_dir(format!("/proc/{pid}/fd"))? {
        let Ok(target) = fs::read_link(descriptor?.path()) else { continue };
        let name = target.to_string_lossy();
        let inode = name.strip_prefix("socket:[").and_then(|rest| rest.strip_suffix(']'));
        sockets.extend(inode.map(str::to_owned));
    }
    let table = fs::read_to_string(format!("/proc/{pid}/net/tcp"))?;
    let port = |line: &str| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let (address, port) = fields.get(1)?.split_once(':')?;
        let is_wanted = address == LOOPBACK && *fields.get(3)? == LISTENS && sockets.contains(*fields.get(9)?);
        u16::from_str_radix(port, 16).ok().filter(|_| is_wanted)
    };
    Ok(table.lines().skip(1).filter_map(port).collect())
}
