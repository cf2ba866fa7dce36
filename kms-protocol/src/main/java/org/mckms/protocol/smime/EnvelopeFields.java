package org.mckms.protocol.smime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.AuthEnvelopedData;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.cms.KEKRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cms.AsnFaults;
import org.mckms.protocol.cms.DerShape;
import org.mckms.protocol.error.KmsException;

/**
 * Takes a sealed body apart without opening it, in the order of its octets: what it is, for which key, and how it is sealed.
 * Unlike {@link CekEnvelope} it goes on behind a fault as long as anything can be read. Nothing is verified.
 */
public final class EnvelopeFields {
    private static final String CMS = "RFC 5652 ";
    private static final String AUTH_ENVELOPED = "RFC 5083 2.1";
    private static final String GCM = "RFC 5084 3.2";
    private static final int NONCE_OCTETS = 12;
    private static final int TAG_OCTETS = 16;
    private static final int WRAPPED_OCTETS = 40;
    private static final int AUTH_ENVELOPED_VERSION = 0;
    private static final int KEK_VERSION = 4;

    private final List<EnvelopeField> fields = new ArrayList<>();

    private EnvelopeFields() {}

    /**
     * What was read.
     *
     * @param fault why nothing more could be read; absent if everything was
     */
    public record Found(List<EnvelopeField> fields, Optional<String> fault) {
        public Found {
            fields = List.copyOf(fields);
        }
    }

    /** Never throws for what the octets are. */
    public static Found of(byte[] der) {
        EnvelopeFields found = new EnvelopeFields();
        try {
            DerShape.check(der, CekEnvelope.MAX_OCTETS);
            AsnFaults.asMalformed(() -> {
                found.contentInfo(ContentInfo.getInstance(der));
                return null;
            });
            return new Found(found.fields, Optional.empty());
        } catch (KmsException e) {
            return new Found(found.fields, Optional.of(e.getMessage()));
        }
    }

    private void contentInfo(ContentInfo info) {
        identifier(
                CMS + "3",
                0,
                "contentType",
                info.getContentType(),
                CMSObjectIdentifiers.authEnvelopedData,
                "AuthEnvelopedData");
        if (!CMSObjectIdentifiers.authEnvelopedData.equals(info.getContentType())) {
            return;
        }
        AuthEnvelopedData enveloped = AuthEnvelopedData.getInstance(info.getContent());
        number(AUTH_ENVELOPED, 0, "version", enveloped.getVersion().intValueExact(), AUTH_ENVELOPED_VERSION);
        if (enveloped.getOriginatorInfo() != null) {
            wrong(AUTH_ENVELOPED, 0, "originatorInfo", "is not part of a body under a CEK");
        }
        recipients(enveloped.getRecipientInfos());
        content(enveloped.getAuthEncryptedContentInfo());
        refuseAttributes("authAttrs", enveloped.getAuthAttrs());
        octets(AUTH_ENVELOPED, 0, "mac", enveloped.getMac().getOctets(), TAG_OCTETS);
        refuseAttributes("unauthAttrs", enveloped.getUnauthAttrs());
    }

    private void recipients(ASN1Set recipients) {
        holder(CMS + "6.2", 0, "recipientInfos", recipients.size() == 1 ? "" : "there is more than one recipient");
        for (ASN1Encodable each : recipients) {
            if (RecipientInfo.getInstance(each).getInfo() instanceof KEKRecipientInfo kek) {
                recipient(kek);
            } else {
                wrong(CMS + "6.2.3", 1, "RecipientInfo", "is not meant for a holder of a CEK");
            }
        }
    }

    private void recipient(KEKRecipientInfo kek) {
        holder(CMS + "6.2.3", 1, "KEKRecipientInfo", "");
        number(CMS + "6.2.3", 2, "version", kek.getVersion().intValueExact(), KEK_VERSION);
        byte[] keyId = kek.getKekid().getKeyIdentifier().getOctets();
        if (keyId.length == ContentEncryptionKey.KEY_ID_OCTETS) {
            add(CMS + "6.2.3", 2, "keyIdentifier", Octets.copyOf(keyId).toHex(), "Key ID of the CEK", "");
        } else {
            octets(CMS + "6.2.3", 2, "keyIdentifier", keyId, ContentEncryptionKey.KEY_ID_OCTETS);
        }
        identifier(
                CMS + "6.2.3",
                2,
                "keyEncryptionAlgorithm",
                kek.getKeyEncryptionAlgorithm().getAlgorithm(),
                NISTObjectIdentifiers.id_aes256_wrap,
                "AES-256 key wrap");
        octets(CMS + "6.2.3", 2, "encryptedKey", kek.getEncryptedKey().getOctets(), WRAPPED_OCTETS);
    }

    private void content(EncryptedContentInfo content) {
        holder(AUTH_ENVELOPED, 0, "authEncryptedContentInfo", "");
        identifier(CMS + "6.1", 1, "contentType", content.getContentType(), CMSObjectIdentifiers.data, "data");
        AlgorithmIdentifier algorithm = content.getContentEncryptionAlgorithm();
        identifier(
                GCM,
                1,
                "contentEncryptionAlgorithm",
                algorithm.getAlgorithm(),
                NISTObjectIdentifiers.id_aes256_GCM,
                "AES-256-GCM");
        if (NISTObjectIdentifiers.id_aes256_GCM.equals(algorithm.getAlgorithm())) {
            GCMParameters parameters = GCMParameters.getInstance(algorithm.getParameters());
            octets(GCM, 1, "aes-nonce", parameters.getNonce(), NONCE_OCTETS);
            number(GCM, 1, "aes-ICVlen", parameters.getIcvLen(), TAG_OCTETS);
        }
        if (content.getEncryptedContent() == null) {
            wrong(CMS + "6.1", 1, "encryptedContent", "is missing");
        } else {
            int length = content.getEncryptedContent().getOctets().length;
            add(CMS + "6.1", 1, "encryptedContent", length + " octets", "as long as the MIME entity in it", "");
        }
    }

    private void refuseAttributes(String name, ASN1Set attributes) {
        if (attributes != null) {
            wrong(AUTH_ENVELOPED, 0, name, "are not part of a body under a CEK");
        }
    }

    private void identifier(
            String clause,
            int depth,
            String name,
            ASN1ObjectIdentifier found,
            ASN1ObjectIdentifier expected,
            String title) {
        add(clause, depth, name, found.getId(), title, found.equals(expected) ? "" : "is not " + title);
    }

    private void number(String clause, int depth, String name, int found, int expected) {
        add(clause, depth, name, Integer.toString(found), "", found == expected ? "" : "must be " + expected);
    }

    private void octets(String clause, int depth, String name, byte[] found, int expected) {
        String fault = found.length == expected ? "" : "must have " + expected + " octets";
        add(clause, depth, name, found.length + " octets", "", fault);
    }

    private void wrong(String clause, int depth, String name, String fault) {
        add(clause, depth, name, "", "", fault);
    }

    /** @param fault empty if there is none */
    private void add(String clause, int depth, String name, String value, String note, String fault) {
        fields.add(new EnvelopeField(clause, depth, name, value, fault.isEmpty() ? note : "", false, optional(fault)));
    }

    private void holder(String clause, int depth, String name, String fault) {
        fields.add(new EnvelopeField(clause, depth, name, "", "", true, optional(fault)));
    }

    private static Optional<String> optional(String fault) {
        return fault.isEmpty() ? Optional.empty() : Optional.of(fault);
    }
}
