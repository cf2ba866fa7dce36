package org.mckms.protocol.codec;

import org.w3c.dom.Element;

/** The type ErrorType, which KmsError and ClientError share. */
record ErrorXml(int code, String message) {
    void write(XmlWriter out, String name) {
        out.element(name, () -> out.number("ErrorCode", code).text("ErrorMsg", message));
    }

    static ErrorXml read(Element element) {
        ElementReader in = ElementReader.of(element);
        Element code = in.required("ErrorCode");
        Element message = in.required("ErrorMsg");
        in.finish();
        return new ErrorXml(
                (int) Lexical.integer(ElementReader.trimmed(code), "ErrorCode", Integer.MIN_VALUE, Integer.MAX_VALUE),
                ElementReader.text(message));
    }
}
