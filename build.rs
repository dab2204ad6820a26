//! Makes sure that the folder of the built pages is there, so that the binary also builds without them.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
    let _ = std::fs::create_dir_all("frontend/dist");
    // A development build reads the pages from the folder when it is asked for them.
    if std::env::var("PROFILE").as_deref() == Ok("release") {
        println!("cargo:rerun-if-changed=frontend/dist");
    }
}
