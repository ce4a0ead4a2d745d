//! Section `[media]`: uploads, downloads and thumbnails.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Uploads, downloads and thumbnails.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Media {
    /// Largest upload. Unit: bytes. Default: 104857600.
    pub upload_bytes_max: u64,
    /// All media of one tenant. Unit: bytes, 0 means no quota. Default: 0.
    pub tenant_bytes_max: u64,
    /// Largest picture that a thumbnail is made of; a larger one answers as "cannot be made". Unit: pixels. Default: 50000000.
    pub thumbnail_source_pixels_max: u64,
    /// Thumbnails made at once. Unit: workers. Default: 2.
    pub thumbnail_workers: usize,
    /// Sizes that thumbnails are made in; a request gets the next larger one.
    /// Default: crop 32×32 and 96×96, scale 320×240, 640×480, 800×600.
    pub thumbnail_sizes: Vec<ThumbnailSize>,
}

impl Default for Media {
    fn default() -> Self {
        let size = |method, width, height| ThumbnailSize { width, height, method };
        Self {
            upload_bytes_max: 100 << 20,
            tenant_bytes_max: 0,
            thumbnail_source_pixels_max: 50_000_000,
            thumbnail_workers: 2,
            thumbnail_sizes: vec![
                size(ThumbnailMethod::Crop, 32, 32),
                size(ThumbnailMethod::Crop, 96, 96),
                size(ThumbnailMethod::Scale, 320, 240),
                size(ThumbnailMethod::Scale, 640, 480),
                size(ThumbnailMethod::Scale, 800, 600),
            ],
        }
    }
}

/// One size that thumbnails are made in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ThumbnailSize {
    /// Unit: pixels, 1 to 2000.
    pub width: u32,
    /// Unit: pixels, 1 to 2000.
    pub height: u32,
    /// How the picture is fitted.
    pub method: ThumbnailMethod,
}

/// How a thumbnail is fitted into its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ThumbnailMethod {
    /// Exactly the size; what sticks out is cut.
    Crop,
    /// At most the size; the whole picture stays.
    Scale,
}
