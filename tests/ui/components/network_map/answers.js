// What test_live_layers.py asks: run by Node, with networks and what their layers put out on its
// standard input, as JSON; arrays travel as base64 of their bytes.

import { readFileSync } from "node:fs";
import { liveLayers, silentLayers } from "../../../../ui/components/network_map/live_layers.js";
import { unpack } from "../../../../ui/components/network_map/view.js";
import { floatsOf } from "../../../../ui/components/shared/bytes.js";
import { Network } from "../../../../ui/components/shared/network/network.js";

/** @import { Layer, Sent } from "../../../../ui/components/network_map/view.js" */
/** @import { SentNetwork } from "../../../../ui/components/shared/network/network.js" */

/** @param {Uint8Array | Uint16Array | Float32Array | null} values */
const sent = (values) => values && Buffer.from(values.buffer).toString("base64");

/** @param {Layer[]} layers */
const answered = (layers) =>
  layers.map((layer) => ({
    ...layer,
    shades: sent(layer.shades),
    peaks: sent(layer.peaks),
    inputs: sent(layer.inputs),
    shares: sent(layer.shares),
  }));

/** @type {{ map: Sent, network: SentNetwork, outputs: string[] }[]} */
const asked = JSON.parse(readFileSync(0, "utf8"));
console.log(
  JSON.stringify(
    asked.map(({ map, network, outputs }) => {
      const { layers, connections } = unpack(map);
      const live = liveLayers(layers, new Network(network), outputs.map(floatsOf), connections);
      return { live: answered(live), silent: answered(silentLayers(layers)) };
    }),
  ),
);
