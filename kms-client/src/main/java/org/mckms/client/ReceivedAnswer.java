package org.mckms.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.mckms.client.file.PrivateFile;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.security.MessageSignature;

/**
 * An answer of a KMS that carries what was asked for. Holds keys when it answers a key provisioning: close it as
 * soon as they are used; closing wipes the document and the keys. Not safe for use by several threads.
 *
 * @param <M> kind of answer asked for
 */
public final class ReceivedAnswer<M extends KmsAnswer> implements AutoCloseable {
    private final ReceivedResponse received;
    private final M message;
    private final byte[] document;

    ReceivedAnswer(ReceivedResponse received, M message, byte[] document) {
        this.received = received;
        this.message = message;
        this.document = document;
    }

    /** The whole response, of which {@link #message()} is a part. */
    public KmsResponse response() {
        return received.response();
    }

    ReceivedResponse received() {
        return received;
    }

    /** The name of the key that the answer was signed with, verified; empty for an unsigned answer. */
    public Optional<String> signedBy() {
        return received.signature().map(MessageSignature::keyName);
    }

    /** Whether keys in the answer were wrapped under a TrK. */
    public boolean keysWereWrapped() {
        return received.keysWereWrapped();
    }

    public M message() {
        return message;
    }

    /**
     * Writes the XML document octet for octet as it was received into a new file that only its owner can read. An
     * existing file is replaced.
     */
    public void save(Path file) throws IOException {
        PrivateFile.write(file, document);
    }

    /** Wipes the document and closes the keys. */
    @Override
    public void close() {
        Arrays.fill(document, (byte) 0);
        received.response().close();
    }

    @Override
    public String toString() {
        return "ReceivedAnswer[" + message.getClass().getSimpleName() + ", " + document.length + " octets, hidden]";
    }
}
