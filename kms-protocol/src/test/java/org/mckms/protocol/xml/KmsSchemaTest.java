package org.mckms.protocol.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.Samples;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class KmsSchemaTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                Samples.INIT,
                Samples.KEYPROV,
                Samples.ERROR,
                Samples.CERTCACHE,
                Samples.SIGNED_REQUEST,
                Samples.SIGNED_RESPONSE,
                Samples.KEYPROV_WITH_CEK
            })
    void everySampleIsValid(String sample) throws IOException {
        byte[] octets = Samples.octets(sample);
        assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}: {1} becomes {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                Samples.KEYPROV + "|<UserUri>sip:alice@example.org</UserUri><KmsUri>kms.example.org</KmsUri>"
                        + "|<KmsUri>kms.example.org</KmsUri><UserUri>sip:alice@example.org</UserUri>",
                Samples.KEYPROV + "|<UserDecryptKey xsi:type=\"KeyContentType\">|<UserDecryptKey>",
                Samples.KEYPROV + "|<UserDecryptKey xsi:type=\"KeyContentType\">"
                        + "|<UserDecryptKey xsi:type=\"EncKeyContentType\">",
                Samples.KEYPROV + "|<KeyPeriodNo>1514</KeyPeriodNo>|''",
                Samples.KEYPROV + "|<KeyPeriodNo>1514</KeyPeriodNo>|<KeyPeriodNo>now</KeyPeriodNo>",
                Samples.KEYPROV + "|</KmsKeySet>|<x xmlns=\"urn:x\"/></KmsKeySet>",
                Samples.KEYPROV + "|</KmsKeyProv>|</KmsKeyProv><KmsKeyProv/>",
                Samples.KEYPROV + "|</KmsKeyProv>|</KmsKeyProv><x xmlns=\"urn:x\"/>",
                Samples.KEYPROV + "|</KmsKeyProv>|<Unknown/></KmsKeyProv>",
                Samples.KEYPROV + "|Version=\"1.1.0\"|Version=\"1.2.0\"",
                Samples.INIT + "|KmsInitTkIkType|KmsInitType",
                Samples.INIT + "|Role=\"Root\"|Role=\"Other\"",
                Samples.INIT + "|<PubAuthKey>04|<PubAuthKey>0",
                Samples.CERTCACHE + "|CacheNum=\"4\"|CacheNum=\"four\"",
                Samples.ERROR + "|<ErrorMsg>no certificate for the requested KMS</ErrorMsg>|''",
                Samples.SIGNED_REQUEST + "|<DeviceId>device-1</DeviceId>|<TrK-ID>tk.1</TrK-ID>",
                Samples.SIGNED_REQUEST + "|Version=\"1.1.0\"|Version=\"1.0.0\""
            })
    void refusesWhatTheTablesForbid(String sample, String from, String to) throws IOException {
        byte[] octets = Samples.changed(sample, from, to);
        KmsException refusal = catchThrowableOfType(KmsException.class, () -> KmsSchema.validate(octets));
        assertThat(refusal.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST);
        assertThat(refusal).hasMessageStartingWith("the document is not schema-valid: ");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                Samples.KEYPROV + "|</KmsKeyProv>|<x xmlns=\"urn:x\"/></KmsKeyProv>",
                Samples.KEYPROV + "|</KmsResponse>|<x xmlns=\"urn:x\"/></KmsResponse>",
                Samples.KEYPROV + "|<KmsKeySet |<KmsKeySet xmlns:x=\"urn:x\" x:note=\"1\" ",
                Samples.ERROR + "|</ErrorMsg>|</ErrorMsg><x xmlns=\"urn:x\"/>"
            })
    void allowsExtensionsWhereTheTablesDo(String sample, String from, String to) throws IOException {
        byte[] octets = Samples.changed(sample, from, to);
        assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
    }

    @Test
    void fetchesNothingThatADocumentPointsTo() throws IOException {
        byte[] octets = Samples.changed(
                Samples.ERROR,
                "Id=\"xmldoc\"",
                "Id=\"xmldoc\" xsi:schemaLocation=\"urn:3gpp:ns:mcsecKMSInterface:1.0 http://192.0.2.1/other.xsd\"");
        assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
    }
}
