//! Fields that a queue asks for before a consultation is closed.

use consilium_config::brand::{Brand, Field};

use super::shown::standing;
use super::store;
use super::value::Values;
use crate::consultation::Record as Consultation;
use crate::ids::QueueId;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;

/// Which fields the queue asks for and nothing stands in, in their order. Pure.
pub fn lacking<'a>(brand: &'a Brand, queue: &QueueId, values: &Values) -> Vec<&'a Field> {
    let Some(queue) = brand.queue(queue.as_str()) else { return Vec::new() };
    let fields = &brand.fields.consultation;
    let filled = standing(fields, values);
    let is_asked = |field: &&Field| queue.required_fields.contains(&field.id);
    fields.iter().filter(is_asked).filter(|field| !filled.contains_key(&field.id)).collect()
}

/// The ids of the fields without which a consultation cannot be closed yet.
pub async fn missing(
    session: &mut Session,
    tenant: &Tenant,
    consultation: &Consultation,
) -> Result<Vec<String>, StoreError> {
    let brand = tenant.brand();
    let queue = &consultation.state.queue;
    if brand.queue(queue.as_str()).is_none_or(|queue| queue.required_fields.is_empty()) {
        return Ok(Vec::new());
    }
    let values = store::of_consultation(session, &tenant.key, &consultation.id).await?;
    Ok(lacking(&brand, queue, &values).into_iter().map(|field| field.id.clone()).collect())
}
