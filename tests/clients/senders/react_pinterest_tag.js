// One checkout with react-pinterest-tag, which loads s.pinimg.com/ct/core.js.
import ReactPinterestTag from "react-pinterest-tag";

const tag = ReactPinterestTag.default || ReactPinterestTag;
tag.init("2612345678901");
tag.pageView();
tag.track("checkout", { event_id: "o-1", value: 49.5, currency: "USD" });
setTimeout(() => (document.title = "sent"), 1500);
