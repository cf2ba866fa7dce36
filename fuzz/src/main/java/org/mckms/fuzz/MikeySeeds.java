package org.mckms.fuzz;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.mikey.MikeyTarget;

/** Messages of an independent implementation and of two vendors, and contents of key parameters. */
final class MikeySeeds {
    private static final Octets PARAMETERS = Octets.fromHex("00");

    private MikeySeeds() {}

    /** The inputs by name. */
    static Map<String, byte[]> inputs() {
        Map<String, byte[]> inputs = new LinkedHashMap<>();
        List<Octets> messages = MikeyTarget.messages();
        for (int i = 0; i < messages.size(); i++) {
            inputs.put("message-" + i, messages.get(i).toByteArray());
        }
        List<String> parameters = List.of(
                "0000000001000000000000000000000000000100",
                "0000000001006648421900666fcf190000000100",
                "000000000100000000000000000000000c6669726567726f756e642031001a017b00167369703a67726f757031406578616d70"
                        + "6c652e6f7267",
                "0200000001000000000000000000000000",
                "00000000000068d7eafa00ffffffff00000020017b001c7369703a67342e63686174407665726f6e6963612d636c7573746572");
        for (int i = 0; i < parameters.size(); i++) {
            inputs.put(
                    "parameters-" + i,
                    PARAMETERS.concat(Octets.fromHex(parameters.get(i))).toByteArray());
        }
        return inputs;
    }
}
