package org.mckms.csc.token;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mckms.platform.config.Forwarding;

/**
 * The address that a proxy says a request came to it from: the last one in its header field, which is the only one that
 * the proxy itself has written. What stands before it was brought along and proves nothing.
 */
final class ForwardedSource {

    private static final Pattern IPV4 =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F]{0,4}:[0-9a-fA-F:.]{1,44}");
    /** RFC 7239 clause 6: a node, IPv6 in brackets, perhaps with a port; nothing else here is an address. */
    private static final Pattern NODE = Pattern.compile("(?:\\[([^\\]]+)]|([^:\\[\\]]+))(?::\\d{1,5})?");

    private static final Pattern FOR = Pattern.compile("(?i)(?:^|;)\\s*for=(?:\"([^\"]*)\"|([^;\"]*))\\s*(?=;|$)");

    private ForwardedSource() {}

    /** The address, if the proxy gives one that is an address. */
    static Optional<String> of(Arrival arrival, Forwarding forwarding) {
        return switch (forwarding) {
            case NONE -> Optional.empty();
            case FORWARDED -> last(arrival.forwarded()).flatMap(ForwardedSource::forIn);
            case X_FORWARDED_FOR ->
                last(arrival.forwardedFor()).flatMap(entry -> address(entry).or(() -> node(entry)));
        };
    }

    private static Optional<String> last(List<String> values) {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.get(values.size() - 1)).map(value -> value.substring(value.lastIndexOf(',') + 1)
                        .strip());
    }

    private static Optional<String> forIn(String element) {
        Matcher matcher = FOR.matcher(element);
        return matcher.find() ? node(matcher.group(1) != null ? matcher.group(1) : matcher.group(2)) : Optional.empty();
    }

    private static Optional<String> node(String text) {
        Matcher matcher = NODE.matcher(text.strip());
        return matcher.matches()
                ? address(matcher.group(1) != null ? matcher.group(1) : matcher.group(2))
                : Optional.empty();
    }

    /** Only what has the form of an address is given to the parser, which would ask a name server about a name. */
    private static Optional<String> address(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text).getHostAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
