package org.mckms.platform.delivery;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import org.mckms.platform.config.AddressBlock;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Lets addresses of the public network through, but none of this machine, and those of configured blocks. */
public final class NetworkCallbackPolicy implements CallbackPolicy {

    private final List<AddressBlock> allowed;
    private final HostLookup lookup;

    /** @param allowed blocks that are called although they are not public */
    public NetworkCallbackPolicy(List<AddressBlock> allowed, HostLookup lookup) {
        this.allowed = List.copyOf(allowed);
        this.lookup = requireNonNull(lookup, "lookup");
    }

    @Override
    public void require(CallbackAddress address) {
        if (resolve(address).isEmpty()) {
            throw refused("names a host that has no address");
        }
    }

    /** What is found is not told apart: whoever registers an address learns nothing of the names of the inside. */
    @Override
    public List<InetAddress> resolve(CallbackAddress address) {
        List<InetAddress> found = lookup.addressesOf(address.host());
        if (!found.stream().allMatch(this::allows)) {
            throw refused("leads to a network that this server does not call");
        }
        return found;
    }

    private static KmsException refused(String why) {
        return new KmsException(KmsErrorCode.CALLBACK_REFUSED, "the address for notifications " + why);
    }

    @Override
    public boolean allows(InetAddress address) {
        return allowed.stream().anyMatch(block -> block.contains(address))
                || PublicNetworks.contain(address) && !isOfThisMachine(address);
    }

    /** One that cannot be told counts as own. */
    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true;
        }
    }
}
