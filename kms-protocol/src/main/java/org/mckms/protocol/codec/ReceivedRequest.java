package org.mckms.protocol.codec;

import java.util.Optional;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.security.MessageSignature;

/**
 * A request as read.
 *
 * @param request what it says; unproven until the signature is verified, and without one never proven
 * @param signature present if it came as SignedKmsRequest
 */
public record ReceivedRequest(KmsRequest request, Optional<MessageSignature> signature) {}
