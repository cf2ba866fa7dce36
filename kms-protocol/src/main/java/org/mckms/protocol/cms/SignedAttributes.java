package org.mckms.protocol.cms;

import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.cms.CMSAttributeTableGenerator;

/** The attributes that RFC 5652 clause 5.3 asks for, and no more: a time would be the clock's, not the caller's. */
final class SignedAttributes {
    private SignedAttributes() {}

    static AttributeTable typeAndDigest(Map<?, ?> known) {
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(attribute(
                CMSAttributes.contentType, (ASN1ObjectIdentifier) known.get(CMSAttributeTableGenerator.CONTENT_TYPE)));
        attributes.add(attribute(CMSAttributes.messageDigest, new DEROctetString((byte[])
                known.get(CMSAttributeTableGenerator.DIGEST))));
        return new AttributeTable(attributes);
    }

    private static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return new Attribute(type, new DERSet(value));
    }
}
