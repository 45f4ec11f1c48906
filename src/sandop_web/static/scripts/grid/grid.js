// The planning grid: what is shown, selected, typed, pasted and saved, put together.
import { openBeside } from "../beside.js";
import { understood } from "./arithmetic.js";
import { laidDown, tableOf, tableText } from "./clipboard.js";
import { modelOf, placeOf } from "./columns.js";
import { Foot } from "./foot.js";
import { deedOf } from "./keys.js";
import { Marks } from "./marks.js";
import { Notices } from "./notices.js";
import { cellInWords, gridColumns } from "./painting.js";
import { Reasons } from "./reasons.js";
import { Saves } from "./saving.js";
import { Scene } from "./scene.js";
import { rectangle, single, size } from "./selection.js";
import { server } from "./server.js";
import { Sheet } from "./sheet.js";
import { conflictOf, keyList, Side, threadOf } from "./side.js";
import { bare, byHowMuch, speaker } from "./texts.js";
import { Toolbar } from "./toolbar.js";
import { Typing } from "./typing.js";

const at = (id) => document.getElementById(id);
