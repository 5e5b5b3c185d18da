require("./node.cjs");
