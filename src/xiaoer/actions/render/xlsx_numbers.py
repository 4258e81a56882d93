"""How a workbook shows the numbers of each kind of column."""

from xiaoer.actions.render.page import Kind

NUMBER_FORMATS = {
    Kind.COUNT: "#,##0",
    Kind.NUMBER: "#,##0.00",
    Kind.SHARE: "0.0%",
    Kind.POINTS: "+0.0;-0.0;0.0",
    Kind.CHANGE: "+#,##0.00;-#,##0.00;0",
    Kind.SECONDS: "#,##0.0",
    Kind.YUAN: "¥#,##0.00;[Red]-¥#,##0.00",
    Kind.DAY: "yyyy-mm-dd",
    Kind.INSTANT: "yyyy-mm-dd hh:mm:ss",
}
