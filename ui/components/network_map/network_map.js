// The map of the whole network as a component of a page.

import { mounting } from "../shared/component.js";
import { NetworkMap } from "./map.js";

export default mounting(NetworkMap);
