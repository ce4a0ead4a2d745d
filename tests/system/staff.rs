//! Accounts that are made beside the running system are there at their first request.

use serde_json::json;

use crate::clinic::Clinic;

#[tokio::test(flavor = "multi_thread")]
async fn a_member_of_staff_made_beside_a_running_system_is_no_patient_at_his_first_request() {
    let clinic = Clinic::start().await;
    clinic.system.staff("volkova", "supervisor");
    let volkova = clinic.system.sign_in("volkova").await;
    for name in ["one", "two", "three", "four", "five"] {
        clinic.system.staff(name, "operator");
        let member = clinic.system.sign_in(name).await;
        let me = member.get("/_consilium/v1/me").await.ok();
        assert_eq!(me["operator"]["user_id"], json!(member.id), "{me}");
    }
    let patients = volkova.get("/_consilium/v1/patients").await.ok();
    assert_eq!(patients["total"], 0, "{patients}");
}
