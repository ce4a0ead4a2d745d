//! Thumbnails: made once for each content and size, by a bounded number of workers, with limits on what is decoded.

use std::{io::Cursor, sync::Arc};

use bytes::Bytes;
use consilium_config::{ThumbnailMethod, ThumbnailSize};
use consilium_store::{Batch, BlobHash};
use fast_image_resize::{ResizeOptions, Resizer};
use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
};
use tokio::sync::Semaphore;

use super::{
    error::MediaError,
    records::{Stored, ThumbnailRow},
    service::Media,
};
use crate::{
    keyspaces::{BLOB_REFERENCES, THUMBNAILS},
    writer::Touched,
};

/// Largest source, in bytes: it is held whole while it is decoded.
const SOURCE_BYTES_MAX: u64 = 32 << 20;
/// Bytes of a decoded pixel, at most: red, green, blue and alpha of 16 bits each.
const PIXEL_BYTES: u64 = 8;
/// Requests that wait for a worker; one more is told to come back.
const WAITING_MAX: usize = 32;
const JPEG_QUALITY: u8 = 80;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub width: u32,
    pub height: u32,
    pub method: ThumbnailMethod,
}

/// The workers and their limits.
#[derive(Debug)]
pub struct Thumbnailer {
    sizes: Vec<ThumbnailSize>,
    pixels_max: u64,
    workers: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

impl Thumbnailer {
    pub fn new(config: &consilium_config::Media) -> Self {
        let workers = config.thumbnail_workers.max(1);
        Self {
            sizes: config.thumbnail_sizes.clone(),
            pixels_max: config.thumbnail_source_pixels_max,
            workers: Arc::new(Semaphore::new(workers)),
            places: Arc::new(Semaphore::new(workers + WAITING_MAX)),
        }
    }

    /// The configured size for a request: the smallest of its method that is not smaller, else the largest.
    fn size(&self, wanted: Wanted) -> Option<ThumbnailSize> {
        let of_method = self.sizes.iter().filter(|size| size.method == wanted.method);
        let area = |size: &&ThumbnailSize| u64::from(size.width) * u64::from(size.height);
        let enough = |size: &&ThumbnailSize| size.width >= wanted.width && size.height >= wanted.height;
        let fitting = of_method.clone().filter(enough).min_by_key(area);
        fitting.or_else(|| of_method.max_by_key(area)).or_else(|| self.sizes.iter().max_by_key(area)).copied()
    }
}

/// What a request for a thumbnail is answered with.
#[derive(Clone, Debug)]
pub enum Thumbnail {
    Made(ThumbnailRow),
    /// The content itself is small enough.
    Original,
}

impl Media {
    /// The thumbnail of `source`, made when it is asked for the first time.
    ///
    /// Errors: `NoThumbnail`, `TooLargeForThumbnail`, `Busy`.
    pub async fn thumbnail(&self, source: &Stored, wanted: Wanted) -> Result<Thumbnail, MediaError> {
        let size = self.thumbnailer.size(wanted).ok_or(MediaError::NoThumbnail)?;
        let key = (source.hash, size.width, size.height, method_number(size.method));
        if let Some(row) = THUMBNAILS.get(&*self.parts.writer.view(), &key).await? {
            return Ok(Thumbnail::Made(row));
        }
        let place = Arc::clone(&self.thumbnailer.places).try_acquire_owned().map_err(|_| MediaError::Busy)?;
        let worker = Arc::clone(&self.thumbnailer.workers).acquire_owned().await.map_err(|_| MediaError::Busy)?;
        // Somebody else may have made it while this one waited.
        if let Some(row) = THUMBNAILS.get(&*self.parts.writer.view(), &key).await? {
            return Ok(Thumbnail::Made(row));
        }
        let bytes = self.read_whole(source.blob(), SOURCE_BYTES_MAX).await?;
        let pixels_max = self.thumbnailer.pixels_max;
        let made = tokio::task::spawn_blocking(move || {
            let made = make(&bytes, size, pixels_max);
            drop((worker, place));
            made
        });
        let Some((bytes, content_type)) = made.await.map_err(|_| MediaError::NoThumbnail)?? else {
            return Ok(Thumbnail::Original);
        };
        let size_max = bytes.len() as u64;
        let chunks = futures_util::stream::iter([Ok::<_, axum::Error>(Bytes::from(bytes))]);
        let blob = self.parts.blobs.put_stream(chunks, size_max).await.map_err(|_| MediaError::DiskFull)?;
        let row =
            ThumbnailRow { hash: blob.hash.0, size_bytes: blob.size_bytes, content_type: content_type.to_owned() };
        let mut batch = Batch::new();
        THUMBNAILS.guard_absent(&mut batch, &key);
        THUMBNAILS.put(&mut batch, &key, &row);
        BLOB_REFERENCES.add(&mut batch, &row.hash, 1);
        match self.parts.writer.commit(batch, Touched::default()).await {
            // The same pixels give the same bytes: who came second refers to the same blob.
            Ok(_) | Err(consilium_store::CommitError::Conflict { .. }) => Ok(Thumbnail::Made(row)),
            Err(error) => Err(error.into()),
        }
    }
}

fn method_number(method: ThumbnailMethod) -> u8 {
    match method {
        ThumbnailMethod::Crop => 0,
        ThumbnailMethod::Scale => 1,
    }
}

impl ThumbnailRow {
    pub fn blob(&self) -> BlobHash {
        BlobHash(self.hash)
    }
}

/// The encoded thumbnail and its type; `None` when the source is not larger than it would be.
fn make(bytes: &[u8], size: ThumbnailSize, pixels_max: u64) -> Result<Option<(Vec<u8>, &'static str)>, MediaError> {
    let source = decode(bytes, pixels_max)?;
    let (width, height) = (source.width(), source.height());
    let fits = width <= size.width && height <= size.height;
    if fits {
        return Ok(None);
    }
    let (width, height) = match size.method {
        ThumbnailMethod::Crop => (size.width.min(width), size.height.min(height)),
        ThumbnailMethod::Scale => scaled((width, height), size),
    };
    // Palettes and 16-bit channels become plain 8-bit colours: all that a thumbnail needs.
    let source = if source.color().has_alpha() {
        DynamicImage::ImageRgba8(source.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(source.into_rgb8())
    };
    let mut target = DynamicImage::new(width, height, source.color());
    let options = ResizeOptions::new().fit_into_destination(Some((0.5, 0.5)));
    Resizer::new().resize(&source, &mut target, &options).map_err(|_| MediaError::NoThumbnail)?;
    encode(&target).map(Some)
}

/// Inside of `size`, with the proportions of the source.
fn scaled((width, height): (u32, u32), size: ThumbnailSize) -> (u32, u32) {
    let (width, height) = (u64::from(width), u64::from(height));
    let (max_width, max_height) = (u64::from(size.width), u64::from(size.height));
    let by_width = (max_width, (height * max_width / width).max(1));
    let by_height = ((width * max_height / height).max(1), max_height);
    let (width, height) = if by_width.1 <= max_height { by_width } else { by_height };
    (u32::try_from(width).unwrap_or(size.width), u32::try_from(height).unwrap_or(size.height))
}

/// Decodes one of the formats that thumbnails are made of, the right way up. Of animations: the first picture.
fn decode(bytes: &[u8], pixels_max: u64) -> Result<DynamicImage, MediaError> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let known = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP];
    if !reader.format().is_some_and(|format| known.contains(&format)) {
        return Err(MediaError::NoThumbnail);
    }
    let mut decoder = reader.into_decoder().map_err(|_| MediaError::NoThumbnail)?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(MediaError::NoThumbnail);
    }
    if u64::from(width) * u64::from(height) > pixels_max {
        return Err(MediaError::TooLargeForThumbnail);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(pixels_max.saturating_mul(PIXEL_BYTES));
    decoder.set_limits(limits).map_err(|_| MediaError::TooLargeForThumbnail)?;
    let orientation = decoder.orientation().map_err(|_| MediaError::NoThumbnail)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|_| MediaError::NoThumbnail)?;
    image.apply_orientation(orientation);
    Ok(image)
}

/// JPEG, or PNG where something shines through.
fn encode(image: &DynamicImage) -> Result<(Vec<u8>, &'static str), MediaError> {
    let mut bytes = Vec::new();
    let shines_through = image.as_rgba8().is_some_and(|image| image.pixels().any(|pixel| pixel.0[3] != u8::MAX));
    let (result, content_type) = if shines_through {
        (image.write_with_encoder(PngEncoder::new(&mut bytes)), "image/png")
    } else {
        let encoder = JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
        (image.to_rgb8().write_with_encoder(encoder), "image/jpeg")
    };
    result.map_err(|_| MediaError::NoThumbnail)?;
    Ok((bytes, content_type))
}

#[cfg(test)]
mod tests {
    use consilium_config::{Media, ThumbnailMethod, ThumbnailSize};
    use image::{DynamicImage, ImageFormat};

    use super::{Thumbnailer, Wanted, make, scaled};

    fn size(method: ThumbnailMethod, width: u32, height: u32) -> ThumbnailSize {
        ThumbnailSize { width, height, method }
    }

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = std::io::Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height).write_to(&mut bytes, ImageFormat::Png).expect("encoded");
        bytes.into_inner()
    }

    fn dimensions(bytes: &[u8]) -> (u32, u32) {
        let image = image::load_from_memory(bytes).expect("an image");
        (image.width(), image.height())
    }

    #[test]
    fn a_request_gets_the_next_larger_size_of_its_method() {
        let thumbnailer = Thumbnailer::new(&Media::default());
        let found = |method, width, height| thumbnailer.size(Wanted { width, height, method });
        assert_eq!(found(ThumbnailMethod::Crop, 40, 40), Some(size(ThumbnailMethod::Crop, 96, 96)));
        assert_eq!(found(ThumbnailMethod::Scale, 320, 241), Some(size(ThumbnailMethod::Scale, 640, 480)));
        assert_eq!(found(ThumbnailMethod::Scale, 9_000, 9_000), Some(size(ThumbnailMethod::Scale, 800, 600)));
    }

    #[test]
    fn scaling_keeps_the_proportions_and_cropping_fills_the_size() {
        assert_eq!(scaled((1_000, 500), size(ThumbnailMethod::Scale, 320, 240)), (320, 160));
        assert_eq!(scaled((1, 10_000), size(ThumbnailMethod::Scale, 320, 240)), (1, 240));
        let source = png(1_000, 500);
        let scale = make(&source, size(ThumbnailMethod::Scale, 320, 240), u64::MAX).expect("made").expect("smaller");
        assert_eq!((dimensions(&scale.0), scale.1), ((320, 160), "image/jpeg"));
        let crop = make(&source, size(ThumbnailMethod::Crop, 96, 96), u64::MAX).expect("made").expect("smaller");
        assert_eq!(dimensions(&crop.0), (96, 96));
    }

    #[test]
    fn small_pictures_stay_as_they_are_and_huge_or_broken_ones_are_refused() {
        let wanted = size(ThumbnailMethod::Scale, 320, 240);
        assert!(make(&png(10, 10), wanted, u64::MAX).expect("made").is_none());
        assert!(make(&png(1_000, 1_000), wanted, 999_999).is_err());
        assert!(make(&png(1_000, 1_000)[..100], wanted, u64::MAX).is_err());
        assert!(make(b"not a picture", wanted, u64::MAX).is_err());
    }
}
