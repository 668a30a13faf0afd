use super::*;

#[test]
fn a_pasted_answer_keeps_its_status() {
    let pasted =
        answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/2 404 \r\ncontent-type: application/json\r\n\r\n{\"a\": 1}\r\n");
    assert_eq!((pasted.status, &*pasted.body), (404, "{\"a\": 1}"));
    assert_eq!(answer("  {\"a\": 1}  ").status, 200);
    assert_eq!(answer("no json").body, "no json");
    assert!(answer(&"猫".repeat(LONGEST)).cut);
}
