import com.itextpdf.text.pdf.AcroFields;
import com.itextpdf.text.pdf.PdfReader;
import com.itextpdf.text.pdf.security.PdfPKCS7;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** How many files one second of processor time verifies: java ItextJudge FILE SECONDS. */
public final class ItextJudge {
    private static final int WARM_UP = 30;

    public static void main(String[] words) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        byte[] pdf = Files.readAllBytes(Path.of(words[0]));
        long nanos = (long) (Double.parseDouble(words[1]) * 1e9);
        for (int time = 0; time < WARM_UP; time++) {
            judge(pdf);
        }
        long began = cpu();
        int done = 0;
        while (cpu() - began < nanos) {
            judge(pdf);
            done++;
        }
        System.out.println(done / ((cpu() - began) / 1e9));
    }

    /** Each signature's digest, value and extent; neither path, revocation nor later changes. */
    private static void judge(byte[] pdf) throws Exception {
        PdfReader reader = new PdfReader(pdf);
        AcroFields fields = reader.getAcroFields();
        for (String name : fields.getSignatureNames()) {
            PdfPKCS7 signature = fields.verifySignature(name);
            fields.signatureCoversWholeDocument(name);
            if (!signature.verify()) {
                throw new IllegalStateException(name);
            }
        }
        reader.close();
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
