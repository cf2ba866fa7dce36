package org.mckms.kms.application;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.mckms.kms.domain.BundleFiles;
import org.mckms.kms.domain.BundleItem;
import org.mckms.kms.domain.BundleItemState;
import org.mckms.kms.domain.BundleJobId;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;
import org.mckms.protocol.bundle.ProvisioningBundles;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * The bundles of a job as one ZIP archive, written while it is read: one file in memory at a time. Each is compared with the
 * SHA-256 that was stored when it was made. {@code items.csv} at the end says what became of each user.
 */
final class BundleArchive {

    private static final int NAME_CHARACTERS = 60;

    private final BundleFiles files;
    private final BundleJobId job;

    BundleArchive(BundleFiles files, BundleJobId job) {
        this.files = files;
        this.job = job;
    }

    /** @param pages gives the items after a number, none at the end */
    void write(IntFunction<List<BundleItem>> pages, OutputStream out) {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        zip.setLevel(Deflater.BEST_SPEED);
        try {
            for (List<BundleItem> page = pages.apply(0); !page.isEmpty(); page = pages.apply(last(page))) {
                for (BundleItem item : page) {
                    if (item.state() == BundleItemState.DONE) {
                        add(zip, fileName(item), read(item));
                    }
                }
            }
            zip.putNextEntry(new ZipEntry("items.csv"));
            zip.write("number,user,device,state,file,sha256,failure\r\n".getBytes(StandardCharsets.UTF_8));
            for (List<BundleItem> page = pages.apply(0); !page.isEmpty(); page = pages.apply(last(page))) {
                for (BundleItem item : page) {
                    zip.write(line(item).getBytes(StandardCharsets.UTF_8));
                }
            }
            zip.closeEntry();
            zip.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int last(List<BundleItem> page) {
        return page.get(page.size() - 1).number();
    }

    private static void add(ZipOutputStream zip, String name, byte[] octets) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        new ByteArrayInputStream(octets).transferTo(zip);
        zip.closeEntry();
    }

    /**
     * The file of an item that is done.
     *
     * @throws KmsException {@code BUNDLE_STORE_UNAVAILABLE} if it is not there as it was made
     */
    byte[] read(BundleItem item) {
        try (InputStream in = files.read(job, item.number())) {
            byte[] octets = in.readNBytes(ProvisioningBundles.MAX_OCTETS + 1);
            if (item.sha256().filter(Sha256.of(Octets.copyOf(octets))::equals).isPresent()) {
                return octets;
            }
        } catch (IOException e) {
            throw new KmsException(
                    KmsErrorCode.BUNDLE_STORE_UNAVAILABLE, "bundle " + item.number() + " cannot be read", e);
        }
        throw new KmsException(
                KmsErrorCode.BUNDLE_STORE_UNAVAILABLE, "bundle " + item.number() + " is not the file that was made");
    }

    /** {@code 000042-sip_alice_example.org.bundle}: the number makes it unique, the rest is for people. */
    static String fileName(BundleItem item) {
        String readable = item.userUri().replaceAll("[^A-Za-z0-9.-]", "_");
        return String.format(
                "%06d-%s.bundle", item.number(), readable.substring(0, Math.min(readable.length(), NAME_CHARACTERS)));
    }

    private static String line(BundleItem item) {
        boolean done = item.state() == BundleItemState.DONE;
        return item.number() + "," + quoted(item.userUri()) + ","
                + quoted(item.device().orElse("")) + ","
                + item.state() + "," + (done ? fileName(item) : "") + ","
                + item.sha256().map(Octets::toHex).orElse("") + ","
                + quoted(item.failure().orElse("")) + "\r\n";
    }

    /** RFC 4180; a leading character that a spreadsheet takes for a formula is made harmless. */
    private static String quoted(String text) {
        String safe = text.matches("[=+@-].*") ? "'" + text : text;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
