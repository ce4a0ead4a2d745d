//! Accounts that are made, locked and unlocked beside the running system.

use consilium_harness::CLINIC;
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

#[tokio::test(flavor = "multi_thread")]
async fn an_account_locked_on_the_command_line_can_do_nothing_until_it_is_unlocked() {
    let clinic = Clinic::start().await;
    let system = &clinic.system;
    let user = |words: &[&str]| system.done(&[&["user"], words, &["--tenant", CLINIC]].concat(), "");
    system.account("anna");
    let anna = system.sign_in("anna").await;
    anna.get("/_consilium/v1/me").await.ok();
    let said = user(&["lock", "anna"]);
    assert!(said.contains(&format!("{} is locked", anna.id)), "{said}");
    anna.get("/_matrix/client/v3/account/whoami").await.refused(401, "M_USER_LOCKED");
    assert!(user(&["list"]).lines().any(|line| line.contains(&anna.id) && line.contains("locked")));
    user(&["unlock", &anna.id]);
    anna.get("/_matrix/client/v3/account/whoami").await.ok();
    anna.get("/_consilium/v1/me").await.ok();
    let unknown = system.command(&["user", "lock", "nobody", "--tenant", CLINIC], "");
    let told = String::from_utf8_lossy(&unknown.stderr).into_owned();
    assert!(!unknown.status.success() && told.contains("there is no account `nobody`"), "{told}");
    let keeper = system.command(&["user", "lock", "consilium-consult", "--tenant", CLINIC], "");
    assert!(!keeper.status.success(), "the service itself is no person");
}
