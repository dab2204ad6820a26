//! Makes sure that the folder of the built pages is there, so that the binary also builds without them.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
    let _ = std::fs::create_dir_all("frontend/dist");
}
