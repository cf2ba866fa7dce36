package org.mckms.protocol.codec;

import static org.mckms.protocol.codec.ElementReader.malformed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.element.AnswerExtension;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.KmsLookup;
import org.mckms.protocol.message.KmsMessage;
import org.mckms.protocol.message.Role;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;
import org.w3c.dom.Element;

/** What stands in a KmsMessage (TS 33.180 clause D.3.1): one of the four answers. */
final class MessageXml {
    private static final String VERSION = "1.0.0";
    private static final String INIT = "KmsInit";
    private static final String KEY_PROV = "KmsKeyProv";
    private static final String CERT_CACHE = "KmsCertCache";
    private static final String LOOKUP = "KmsLookup";
    private static final List<String> MESSAGES = List.of(INIT, KEY_PROV, CERT_CACHE, LOOKUP);

    private MessageXml() {}

    static void write(XmlWriter out, KmsMessage message, Optional<NamedKey> wrapWith) {
        if (message instanceof KmsInit init) {
            out.element(INIT, () -> {
                begin(out, INIT, init.newKeys());
                CertificateXml.write(out, init.certificate());
                init.newKeys().ifPresent(keys -> NewKeysXml.write(out, keys, wrapWith));
            });
        } else if (message instanceof KmsKeyProv keyProv) {
            out.element(KEY_PROV, () -> {
                begin(out, KEY_PROV, keyProv.newKeys());
                keyProv.keySets().forEach(keySet -> KeySetXml.write(out, keySet, wrapWith));
                keyProv.ceks().ifPresent(ceks -> CekListXml.write(out, ceks, wrapWith));
                keyProv.newKeys().ifPresent(keys -> NewKeysXml.write(out, keys, wrapWith));
            });
        } else if (message instanceof KmsCertCache cache) {
            out.element(CERT_CACHE, () -> {
                out.attribute("Version", VERSION);
                cache.cacheNum().ifPresent(number -> out.attribute("CacheNum", Long.toString(number)));
                cache.certificates().forEach(certificate -> CertificateXml.write(out, certificate));
            });
        } else if (message instanceof KmsLookup lookup) {
            out.element(LOOKUP, () -> lookup.kmsUris().forEach(uri -> out.text("KmsUri", uri)));
        }
    }

    private static void begin(XmlWriter out, String name, Optional<ClientKeys> newKeys) {
        out.attribute("Version", VERSION);
        newKeys.ifPresent(keys -> out.type(NewKeysXml.type(name, keys, out.dialect())));
    }

    static KmsMessage read(Element element, KeyOpener keys) {
        ElementReader in = ElementReader.of(element);
        List<Element> found = new ArrayList<>();
        for (String name : MESSAGES) {
            in.optional(name).ifPresent(found::add);
        }
        in.finish();
        if (found.size() != 1) {
            throw malformed("KmsMessage needs exactly one of KmsInit, KmsKeyProv, KmsCertCache and KmsLookup");
        }
        ElementReader content = ElementReader.of(found.get(0));
        return switch (content.name()) {
            case INIT -> init(content, keys);
            case KEY_PROV -> keyProv(content, keys);
            case LOOKUP -> lookup(content);
            default -> certCache(content);
        };
    }

    private static KmsInit init(ElementReader in, KeyOpener keys) {
        Optional<Element> signed = in.optional("SignedKmsCertificate");
        Optional<Element> bare = in.optional("KmsCertificate");
        NewKeysXml newKeys = NewKeysXml.take(in);
        in.finish();
        if (signed.isPresent() == bare.isPresent()) {
            throw malformed("KmsInit needs exactly one KmsCertificate");
        }
        KmsCertificate certificate = signed.map(element -> CertificateXml.readSigned(element, Role.ROOT))
                .orElseGet(() -> CertificateXml.read(bare.get(), Role.ROOT));
        return new KmsInit(certificate, newKeys.open(keys));
    }

    private static KmsKeyProv keyProv(ElementReader in, KeyOpener keys) {
        List<Element> elements = in.all("KmsKeySet");
        NewKeysXml newKeys = NewKeysXml.take(in);
        in.finish();
        Optional<Element> cekList = in.extension(CekXml.NAMESPACE);
        List<KmsKeySet> keySets = new ArrayList<>();
        Optional<CekList> ceks = Optional.empty();
        try {
            elements.forEach(element -> keySets.add(KeySetXml.read(element, keys)));
            ceks = cekList.map(element -> CekListXml.read(element, keys));
            return new KmsKeyProv(keySets, newKeys.open(keys), ceks);
        } catch (RuntimeException e) {
            keySets.forEach(KmsKeySet::close);
            ceks.ifPresent(CekList::close);
            throw e;
        }
    }

    private static KmsCertCache certCache(ElementReader in) {
        List<KmsCertificate> certificates = new ArrayList<>();
        in.all("SignedKmsCertificate")
                .forEach(element -> certificates.add(CertificateXml.readSigned(element, Role.EXTERNAL)));
        in.all("KmsCertificate").forEach(element -> certificates.add(CertificateXml.read(element, Role.EXTERNAL)));
        in.finish();
        OptionalLong cacheNum = in.attribute("CacheNum").stream()
                .mapToLong(text -> Lexical.integer(text, "CacheNum", 0, Long.MAX_VALUE))
                .findFirst();
        return new KmsCertCache(cacheNum, certificates);
    }

    private static KmsLookup lookup(ElementReader in) {
        List<String> kmsUris =
                in.all("KmsUri").stream().map(ElementReader::trimmed).toList();
        return new KmsLookup(kmsUris);
    }

    /** Wipes the keys of an answer that will not be handed out. */
    static void wipe(KmsAnswer answer) {
        if (answer instanceof KmsKeyProv keyProv) {
            keyProv.close();
        } else if (answer instanceof KmsInit init) {
            init.close();
        } else if (answer instanceof AnswerExtension extension) {
            extension.close();
        }
    }
}
