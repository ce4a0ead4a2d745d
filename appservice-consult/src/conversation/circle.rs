//! Who has to do with a circle: the queues that share a conversation's history. Pure.

use consilium_config::Brand;

use crate::ids::CircleId;
use crate::operator::Member;

/// Whether he serves a queue of a circle, so that its conversations are no secret to him; what is said in them may be.
pub fn serves(brand: &Brand, member: &Member, circle: &CircleId) -> bool {
    brand.queues.iter().any(|queue| queue.circle == circle.as_str() && member.serves(&queue.id.as_str().into()))
}
