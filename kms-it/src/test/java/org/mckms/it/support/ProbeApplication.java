package org.mckms.it.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The application as it was built, with {@link ProbeOrders}, {@link ProbeDelivery} and {@link HeapProbe} added. */
public final class ProbeApplication {
    private ProbeApplication() {}

    /** Writes it into a folder. */
    public static Path in(Path folder) {
        EnterpriseArchive ear = ShrinkWrap.create(ZipImporter.class, "kms.ear")
                .importFrom(KmsServer.EAR.toFile())
                .as(EnterpriseArchive.class);
        JavaArchive core = ShrinkWrap.create(ZipImporter.class, "kms-ejb.jar")
                .importFrom(ear.get("kms-ejb.jar").getAsset().openStream())
                .as(JavaArchive.class)
                .addClass(ProbeDelivery.class);
        WebArchive orders = ShrinkWrap.create(WebArchive.class, "probe.war")
                .addClasses(ProbeOrders.class, HeapProbe.class, HeapSearch.class, HeapSearch.Form.class)
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
        String module = "<module><web><web-uri>probe.war</web-uri><context-root>/probe</context-root></web></module>";
        String described = text(ear.get("META-INF/application.xml").getAsset().openStream());
        ear.delete("kms-ejb.jar");
        ear.addAsModule(core);
        ear.addAsModule(orders);
        ear.setApplicationXML(new StringAsset(described.replace("</application>", module + "</application>")));
        Path file = folder.resolve("kms-with-probe.ear");
        ear.as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    private static String text(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
