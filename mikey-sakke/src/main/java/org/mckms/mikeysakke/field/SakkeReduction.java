package org.mckms.mikeysakke.field;

import static org.mckms.mikeysakke.field.SakkeColumns.COLUMNS;
import static org.mckms.mikeysakke.field.SakkeColumns.HIGH;
import static org.mckms.mikeysakke.field.SakkeColumns.LOW;

import java.lang.invoke.VarHandle;

/** Written by KernelGenerator, which explains it; the bounds are in {@link SakkeColumns}. */
final class SakkeReduction {
    private static final long[] K = {
        0x1a93fa499766ad2L,
        0x6a4fe9265d9ab480L,
        0x1a0cc9147d0483aL,
        0x68332451f4120e80L,
        0x8731351a62298L,
        0x10e626a34c45300L,
        0x7db5b59e28580aL,
        0x1f6d6d678a160280L,
        0x12b89eefb4e12c8L,
        0x25713ddf69c25900L,
        -0x1325467d0edb965L,
        -0x4c9519f43b6e5940L,
        0x12316dba9a7f030L,
        0x2462db7534fe0600L,
        0x2db940c6a642437L,
        0x5b72818d4c8486e0L,
        -0x1a64b5519f74210L,
        -0x6992d5467dd08400L,
        0x2d320f918be019fL,
        0x5a641f2317c033e0L,
        0x34f8af9b36dace2L,
        0x69f15f366db59c40L,
        -0x1a64d8db90bbd4fL,
        -0x6993636e42ef53c0L,
        0x1b00a1d6f16116fL,
        0x360143ade2c22de0L,
        0x34717e661c78a4aL,
        0x68e2fccc38f14940L,
        0x34f8d3252822821L,
        0x69f1a64a50450420L,
        0x1ace92c39d9acd8L,
        0x6b3a4b0e766b3600L,
        0x224010ab81f9a1aL,
        0x4480215703f34340L,
        0x3471a1f00dc0589L,
        0x68e343e01b80b120L,
        -0x3a987a0634206L,
        -0x7530f40c6840c0L,
        -0x70af9a02fc11eaL,
        -0x1c2be680bf047a80L,
        0x73f6ed490988abL,
        0xe7edda921311560L,
        0x224034357341559L,
        0x4480686ae682ab20L,
        -0xc1c9af209649eL,
        -0x183935e412c93c0L,
        0x219ef3e9c727cbcL,
        0x433de7d38e4f9780L,
        0xd95a6f85ac91fcL,
        0x36569be16b247f00L,
        0x73f925e81e03eaL,
        0xe7f24bd03c07d40L,
        -0x12f33769bb154ceL,
        -0x25e66ed3762a99c0L,
        0x2117c2b4acc5a24L,
        0x422f8569598b4480L,
        0xcfe53513c9d8d6L,
        0x19fca6a2793b1ac0L,
        0x196be7bfe58ceceL,
        0x65af9eff9633b380L,
        0x2389f147b3fL,
        0x4713e28f67e0L,
        -0x2df3d940ac7663dL,
        -0x5be7b28158ecc7a0L,
        0xee654fa12469f4L,
        0x1dcca9f4248d3e80L,
        0xc77221c223b63eL,
        0x18ee44384476c7c0L,
        0x1281289b1d9c04L,
        0x250251363b38080L,
        0x654055b4793853L,
        0x1950156d1e4e14c0L,
        -0x353348153d0eee8L,
        -0x6a66902a7a1ddd00L,
        -0xc1a4cdcdf1a77bL,
        -0x183499b9be34ef60L,
        -0x5ba4b9e78439f2L,
        -0xb74973cf0873e40L,
        0xa0e154977796cL,
        0x141c2a92eef2d80L,
        0x143ff4ee4fd327fL,
        0x287fe9dc9fa64fe0L,
        -0x23589df53dca36L,
        -0x8d6277d4f728d80L,
        -0x35336b9f2e56a27L,
        -0x6a66d73e5cad44e0L,
        -0x1359bbb16fb3026L,
        -0x26b37762df6604c0L,
        -0x20baed7569a4b61L,
        -0x4175daead3496c20L,
        -0x11908c6603076c4L,
        -0x232118cc060ed880L,
        0x13b8c3b93570fe7L,
        0x277187726ae1fce0L,
        0x1cc98428eb43508L,
        0x39930851d686a100L,
        -0xd6728a5d2bba1eL,
        -0x359ca2974aee8780L,
        -0x1359df3b60fab65L,
        -0x26b3be76c1f56ca0L,
        -0x27fa5c49fa3d40cL,
        -0x4ff4b893f47a8180L,
        -0x2c912e3cf468833L,
        -0x59225c79e8d10660L,
        0x18755fe9af1fb7L,
        0x30eabfd35e3f6e0L,
        0x1c4252f3d0e1270L,
        0x3884a5e7a1c24e00L,
        0x27fb22ef6a224f0L,
        0x4ff645ded4449e00L,
        0x12209d7f705668fL,
        0x488275fdc159a3c0L,
        0x21d98c63cd5bec2L,
        0x43b318c79ab7d840L,
        -0x27fa7fd3eb84f4bL,
        -0x4ff4ffa7d709e960L,
        -0x33d09d1185010deL,
        -0x67a13a230a021bc0L,
        -0x19794bd8566f1b8L,
        -0x32f297b0acde3700L,
        0xa10e5393662240L,
        0x1421ca726cc44800L,
        0x2773f1ba4fc0258L,
        0x4ee7e3749f804b00L,
        0x8735cca2710443L,
        0x10e6b9944e208860L,
        -0x1481f24b351d0b3L,
        -0x5207c92cd4742cc0L,
        0xd38ebcb42d1adcL,
        0x1a71d79685a35b80L,
        -0x33d0c09b7648c1dL,
        -0x67a18136ec9183a0L,
        -0x20b8baace707a63L,
        -0x41717559ce0f4c60L,
        -0x10efbc9dbafef2fL,
        -0x21df793b75fde5e0L,
        0x154283ffb541228L,
        0x2a8507ff6a824500L,
        0x7ec2b950cae1abL,
        0xfd8572a195c3560L,
        0x2f15ec94cc83b85L,
        0x5e2bd929990770a0L,
        -0x19313ed6ba71295L,
        -0x64c4fb5ae9c4a540L,
        -0x14a0a0988a8a3e6L,
        -0x2941413115147cc0L,
        0x162ab03b80de0aL,
        0x2c55607701bc140L,
        -0x20b8de36d84f5a2L,
        -0x4171bc6db09eb440L,
        -0x182f2b724b977daL,
        -0x305e56e4972efb40L,
        -0x5be1dd73c1ff47L,
        -0xb7c3bae783fe8e0L,
        -0xa4542258dd0e85L,
        -0x148a844b1ba1d0a0L,
        0x2e8ebb5fb2218edL,
        0x5d1d76bf64431da0L,
        0x33c5392051d7d67L,
        0x678a7240a3aface0L,
        0xb25025060fd08bL,
        0x2c94094183f422c0L,
        -0x2076e160154e0b8L,
        -0x40edc2c02a9c1700L,
        0x147a8d685607485L,
        0x28f51ad0ac0e90a0L,
        -0x182f4efc3cdf319L,
        -0x305e9df879be6320L,
        -0xcfd8cabccb87f2L,
        -0x19fb19579970fe40L,
        -0x2545e3fc7f31ff4L,
        -0x4a8bc7f8fe63fe80L,
        0x1c5d4da517a28bdL,
        0x38ba9b4a2f4517a0L,
        0x333e07eb3775acfL,
        0x667c0fd66eeb59e0L,
        0xf6ef7f93669a47L,
        0x1eddeff26cd348e0L,
        0x10420077c8f2f3dL,
        -0x649fe14055e80540L,
        -0x1927f850157a015L,
        0x9bf3d9dffL,
        0x137e7b3bfe0L,
        0x177c42b1eb3a1daL,
        0x2ef88563d6743b40L,
        -0xbd640c78ac3cd2L,
        -0x17ac818f15879a40L,
        -0xd5efefb7754a3dL,
        -0x1abdfdf6eea947a0L,
        0x1d041ca2f17770eL,
        0x3a083945e2eee1c0L,
        -0xcfdb035be00331L,
        -0x19fb606b7c006620L,
        -0x2c8552d10fca89fL,
        -0x590aa5a21f9513e0L,
        0x15cabce264174eL,
        0x2b9579c4c82e9c0L,
        0x210c9a309cf6a9fL,
        0x4219346139ed53e0L,
        0xee7c6c41c077afL,
        0x1dcf8d88380ef5e0L,
        -0x17dc767a824f7f4L,
        -0x2fb8ecf5049efe80L,
        0x741a19d13359a9L,
        0xe83433a266b3520L,
        -0x4d56fc0dbe47b4L,
        -0x9aadf81b7c8f680L,
        0x2835bb6970566f6L,
        0x506b76d2e0acdec0L,
        -0x2c85765b01123deL,
        -0x590aecb602247bc0L,
        -0x5e2c3066a5715dL,
        -0xbc5860cd4ae2ba0L,
        0x60bf859ab95930L,
        0xc17f0b3572b2600L,
        -0x349a6f67e77881L,
        -0x6934decfcef1020L,
        -0x142a5a383800c70L,
        -0x2854b47070018e00L,
        0x1317e2649df967bL,
        0x262fc4c93bf2cf60L,
        0xfcb30d7aea5c32L,
        0x1f9661af5d4b8640L,
        0x65c2f05a2fa834L,
        0xcb85e0b45f50680L,
        0x8adf5442d44649L,
        0x115bea885a88c920L,
        -0x5e2e6905b9ec9cL,
        -0xbc5cd20b73d9380L,
        -0x133767ae502f7bL,
        -0x266ecf5ca05ef60L,
        -0x1e4a48cd6fd89f0L,
        -0x3c94919adfb13e00L,
        -0x1e3c3f655606b29L,
        -0x3c787ecaac0d6520L,
        0x1ba1719f3969904L,
        0x3742e33e72d32080L,
        0x1afccf9e2d84c1aL,
        0x35f99f3c5b098340L,
        -0x192b971fa017879L,
        -0x32572e3f402f0f20L,
        0x2f50850ed2b7d8bL,
        0x5ea10a1da56fb160L,
        -0x1339a04d64aabaL,
        -0x2673409ac955740L,
        -0x2589b7a2007129bL,
        -0x4b136f4400e25360L,
        0x614aa0a9f3cf15L,
        0xc2954153e79e2a0L,
        0x8898f3a9b70289L,
        0x11131e7536e05120L,
        0x26d31065b8488ecL,
        0x4da620cb70911d80L,
        -0x48af687158d493L,
        -0x915ed0e2b1a9260L,
        0xd76f8ab055bec9L,
        0x1aedf1560ab7d920L,
        0x33ffd19a580bf6dL,
        0x67ffa334b017eda0L,
        -0x2589db2bf1b8ddaL,
        -0x4b13b657e371bb40L,
        -0x17e31e49500b57dL,
        -0x2fc63c92a016afa0L,
        0x13bb2e011a4f271L,
        0x27765c02349e4e20L,
        0x74b4a40753683fL,
        0xe969480ea6d07e0L,
        0x221799438fe62afL,
        0x442f32871fcc55e0L,
        0x122645368ab00abL,
        0x244c8a6d15601560L,
        0xfa990733c9dc4dL,
        0x1f5320e6793b89a0L,
        0x1335144ab173596L,
        0x266a289562e6b2c0L,
        0xb319ec67edefe8L,
        0x16633d8cfdbdfd00L,
        -0xbcc982428c2e3cL,
        -0x179930485185c780L,
        0x2dedda0b1aa9f81L,
        0x5bdbb4163553f020L,
        0x26c6e5cf153a491L,
        0x4d8dcb9e2a749220L,
        -0x122ffbf090be275L,
        -0x245ff7e1217c4ea0L,
        -0x12f1d939b78cd95L,
        -0x25e3b2736f19b2a0L,
        -0x1456275ec4330c5L,
        -0x28ac4ebd886618a0L,
        0x1ad5f7a67cb0906L,
        0x35abef4cf96120c0L,
        0x329d26969ffe163L,
        0x653a4d2d3ffc2c60L,
        0x270a4a7f9cc171L,
        0x4e1494ff3982e20L,
        -0x1b2a4b602d66656L,
        -0x365496c05acccac0L,
        -0x1f87c62543120adL,
        -0x3f0f8c4a862415a0L,
        0x124c686be14067dL,
        0x2498d0d7c280cfa0L,
        0x1f8544320204ae8L,
        0x3f0a886404095d00L,
        0xe46e56f848fe43L,
        0x1c8dcadf091fc860L,
        -0x186e4c60083775eL,
        -0x30dc98c0106eebc0L,
        0x71ac9a56261695L,
        0xe35934ac4c2d2a0L,
        0x16fbb4f7669485fL,
        0x2df769eecd290be0L,
        -0x4d0fcf51969838L,
        -0x9a1f9ea32d30700L,
        -0x1e33cab39698d3cL,
        -0x3c6795672d31a780L,
        0x26a28fcaa573742L,
        0x4d451f954ae6e840L,
        0xbca1630e7b5877L,
        0x17942c61cf6b0ee0L,
        -0xd5a8c2fb4d9ac1L,
        -0x1ab5185f69b35820L,
        -0x154d81d03f0e4ddL,
        -0x2a9b03a07e1c9ba0L,
        0x2b51dc562ac7924L,
        0x56a3b8ac558f2480L,
        -0x188c2af633b8aa9L,
        -0x311855ec67715520L,
        0xd62cf8068bbd03L,
        0x1ac59f00d177a060L,
        0x4af4c8b85541e2L,
        0x95e99170aa83c40L,
        0x6fb9b2f0f59604L,
        0xdf7365e1eb2c080L,
        -0x1e634b7d9e41652L,
        -0x3cc696fb3c82ca40L,
        -0x1fa6f49b961a13eL,
        -0x3f4de9372c3427c0L,
        -0x94be6a16fa4fccL,
        -0x1297cd42df49f980L,
        -0x245641271b6e320L,
        -0x48ac824e36dc6400L,
        -0x1a9c0259a39ee67L,
        -0x353804b3473dcce0L,
        0x265eaec7c3L,
        0x4cbd5d8f860L
    };

    private SakkeReduction() {}

    /** Divides the columns by 2^1044 modulo p; the limbs of the result come to columns 18 to 35. */
    static void reduce(long[] s) {
        long carry = 0;
        long windowLow = -20L << 58;
        long windowHigh = 20;
        long m = 0;
        long raw = 0;
        long low;
        long high;
        long x;
        // column 0
        low = s[COLUMNS + 0] + windowLow;
        high = 0;
        m = low << 6 >> 6;
        s[COLUMNS + 0] = m;
        high = windowHigh;
        carry = high + ((low - m) >> 58);
        raw = m * K[0];
        high = Math.multiplyHigh(m, K[1]);
        s[HIGH + 0] = high;
        s[LOW + 0] = raw - (high << 58);
        VarHandle.acquireFence();
        // column 1
        low = s[COLUMNS + 1] + windowLow;
        high = 0;
        low += raw + carry;
        m = low << 6 >> 6;
        s[COLUMNS + 1] = m;
        high = (high << 1) + s[HIGH + 0];
        low -= high << 58;
        high += windowHigh;
        windowLow += s[LOW + 0];
        windowHigh += s[HIGH + 0];
        carry = high + ((low - m) >> 58);
        raw = m * K[2];
        high = Math.multiplyHigh(m, K[3]);
        s[HIGH + 1] = high;
        s[LOW + 1] = raw - (high << 58);
        VarHandle.acquireFence();
        // column 2
        low = s[COLUMNS + 2] + windowLow;
        high = 0;
        VarHandle.acquireFence();
        x = m - s[COLUMNS + 0];
        low += x * K[4];
        high += Math.multiplyHigh(x, K[5]);
        low += raw + carry;
        m = low << 6 >> 6;
        s[COLUMNS + 2] = m;
        high = (high << 1) + s[HIGH + 1];
        low -= high << 58;
        high += windowHigh;
        windowLow += s[LOW + 1];
        windowHigh += s[HIGH + 1];
        carry = high + ((low - m) >> 58);
        raw = m * K[6];
        high = Math.multiplyHigh(m, K[7]);
        s[HIGH + 2] = high;
        s[LOW + 2] = raw - (high << 58);
        VarHandle.acquireFence();
        // column 3
        low = s[COLUMNS + 3] + windowLow;
        high = 0;
        VarHandle.acquireFence();
        x = m - s[COLUMNS + 0];
        low += x * K[8];
        high += Math.multiplyHigh(x, K[9]);
        low += raw + carry;
        m = low << 6 >> 6;
        s[COLUMNS + 3] = m;
        high = (high << 1) + s[HIGH + 2];
        low -= high << 58;
        high += windowHigh;
        windowLow += s[LOW + 2];
        windowHigh += s[HIGH + 2];
        carry = high + ((low - m) >> 58);
        raw = m * K[10];
        high = Math.multiplyHigh(m, K[11]);
        s[HIGH + 3] = high;
        s[LOW + 3] = raw - (high << 58);
        VarHandle.acquireFence();
        // column 4
        low = s[COLUMNS + 4] + windowLow;
        high = 0;
        VarHandle.acquireFence();
        x = s[COLUMNS + 2] - s[COLUMNS + 1];
        low += x * K[12];
        high += Math.multiplyHigh(x, K[13]);
        x = m - s[COLUMNS + 0];
        low += x * K[14];
        high += Math.multiplyHigh(x, K[15]);
        low += raw + carry;
        m = low << 6 >> 6;
        s[COLUMNS + 4] = m;
        high = (high << 1) + s[HIGH + 3];
        low -= high << 58;
        high += windowHigh;
        windowLow += s[LOW + 3];
        windowHigh += s[HIGH + 3];
        carry = high + ((low - m) >> 58);
        raw = m * K[16];
        high = Math.multiplyHigh(m, K[17]);
        s[HIGH + 4] = high;
        s[LOW + 4] = raw - (high << 58);
        VarHandle.acquireFence();
        // column 5
        low = s[COLUMNS + 5] + windowLow;
        high = 0;
        VarHandle.acquireFence();
        x = s[COLUMNS + 3] - s[COLUMNS + 1];
        low += x * K[18];
        high += Math.multiplyHigh(x, K[19]);
        x = m - s[COLUMNS + 0];
        low += x * K[20];
        high += Math.multiplyHigh(x, K[21]);
        low += raw + carry;
        m = low << 6 >> 6;
        s[COLUMNS + 5] = m;
        high = (high << 1) + s[HIGH + 4];
        low -= high << 58;
        high += windowHigh;
        windowLow += s[LOW + 4];
        windowHigh += s[HIGH + 4];
        carry = high + ((low - m) >> 58);
        raw = m * K[22];
        high = Math.multiplyHigh(m, K[23]);
        s[HIGH + 5] = high;
        s[LOW + 5] = raw - (high << 58);
        VarHandle.acquireFence();
        // column 6
        low = s[COLUMNS + 6] + windowLow;
        high = 0;
        VarHandle.acquireFence();
        x = s[COLUMNS + 3] - s[COLUMNS + 2];
        low += x * K[24];
        high += Math.multiplyHigh(x, K[25]);
        x = s[COLUMNS + 4] - s[COLUMNS + 1];
        low += x * K[26];
        high += Math.multiplyHigh(x, K[27]);
        x = m - s[COLUMNS + 0];
        low += x * K[28];
        high += Math.multiplyHigh(x, K[29]);
        low += raw + carry;
        m = low << 6 >> 6;
        s[COLUMNS + 6] = m;
        high = (high << 1) + s[HIGH + 5];
        low -= high << 58;
        high += windowHigh;
        windowLow += s[LOW + 5];
        windowHigh += s[HIGH + 5];
        carry = high + ((low - m) >> 58);
        raw = m * K[30];
        high = Math.multiplyHigh(m, K[31]);
        s[HIGH + 6] = high;
        s[LOW + 6] = raw - (high << 58);
        VarHandle.acquireFence();
        // column 7
        low = s[COLUMNS + 7] + windowLow;
        high = 0;
        VarHandle.acquireFence();
        x = s[COLUMNS + 4] - s[COLUMNS + 2];
        low += x * K[32];
        high += Math.multiplyHigh(x, K[33]);
        x = s[COLUMNS + 5] - s[COLUMNS + 1];
        low += x * K[34];
        high += Math.multiplyHigh(x, K[35]);
        x = m - s[COLUMNS + 0];
        low += x * K[36];
        high += Math.multiplyHigh(x, K[37]);
        low += raw + carry;
        m = low << 6 >> 6;
        s[COLUMNS + 7] = m;
        high = (high << 1) + s[HIGH + 6];
        low -= high << 58;
        high += windowHigh;
        windowLow += s[LOW + 6];
        windowHigh += s[HIGH + 6];
        carry = high + ((low - m) >> 58);
        raw = m * K[38];
        high = Math.multiplyHigh(m, K[39]);
        s[HIGH + 7] = high;
        s[LOW + 7] = raw - (high << 58);
        VarHandle.acquireFence();
        // column 8
        low = s[COLUMNS + 8] + windowLow;
        high = 0;
        VarHandle.acquireFence();
        x = s[COLUMNS + 4] - s[COLUMNS + 3];
        low += x * K[40];
        high += Math.multiplyHigh(x, K[41]);
        x = s[COLUMNS + 5] - s[COLUMNS + 2];
        low += x * K[42];
        high += Math.multiplyHigh(x, K[43]);
        x = s[COLUMNS + 6] - s[COLUMNS + 1];
        low += x * K[44];
        high += Math.multiplyHigh(x, K[45]);
        VarHandle.acquireFence();
        x = m - s[COLUMNS + 0];
        low += x * K[46];
        high += Math.multiplyHigh(x, K[47]);
        low += raw + carry;
        m = low << 6 >> 6;
        s[COLUMNS + 8] = m;
        high = (high << 1) + s[HIGH + 7];
        low -= high << 58;
        high += windowHigh;
        windowLow += s[LOW + 7];
        windowHigh += s[HIGH + 7];
        carry = high + ((low - m) >> 58);
        raw = m * K[48];
        high = Math.multiplyHigh(m, K[49]);
        s[HIGH + 8] = high;
        s[LOW + 8] = raw - (high << 58);
        VarHandle.acquireFence();
        // column 9
        low = s[COLUMNS + 9] + windowLow;
        high = 0;
        VarHandle.acquireFence();
        x = s[COLUMNS + 5] - s[COLUMNS + 3];
        low += x * K[50];
        high += Math.multiplyHigh(x, K[51]);
        x = s[COLUMNS + 6] - s[COLUMNS + 2];
        low += x * K[52];
        high += Math.multiplyHigh(x, K[53]);
        x = s[COLUMNS + 7] - s[COLUMNS + 1];
        low += x * K[54];
        high += Math.multiplyHigh(x, K[55]);
        VarHandle.acquireFence();
        x = m - s[COLUMNS + 0];
        low += x * K[56];
        high += Math.multiplyHigh(x, K[57]);
        low += raw + carry;
        m = low << 6 >> 6;
        s[COLUMNS + 9] = m;
        high = (high << 1) + s[HIGH + 8];
        low -= high << 58;
        high += windowHigh;
        windowLow += s[LOW + 8];
        windowHigh += s[HIGH + 8];
        carry = high + ((low - m) >> 58);
        raw = m * K[58];
        high = Math.multiplyHigh(m, K[59]);
        s[HIGH + 9] = high;
        s[LOW + 9] = raw - (high << 58);
        VarHandle.acquireFence();
        // column 10
        low = s[COLUMNS + 10] + windowLow;
        high = 0;
        VarHandle.acquireFence();
        x = s[COLUMNS + 5] - s[COLUMNS + 4];
        low += x * K[60];
        high += Math.multiplyHigh(x, K[61]);
        x = s[COLUMNS + 6] - s[COLUMNS + 3];
        low += x * K[62];
        high += Math.multiplyHigh(x, K[63]);
        x = s[COLUMNS + 7] - s[COLUMNS + 2];
        low += x * K[64];
        high += Math.multiplyHigh(x, K[65]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 8] - s[COLUMNS + 1];
        low += x * K[66];
        high += Math.multiplyHigh(x, K[67]);
        x = m - s[COLUMNS + 0];
        low += x * K[68];
        high += Math.multiplyHigh(x, K[69]);
        low += raw + carry;
        m = low << 6 >> 6;
        s[COLUMNS + 10] = m;
        high = (high << 1) + s[HIGH + 9];
        low -= high << 58;
        high += windowHigh;
        windowLow += s[LOW + 9];
        windowHigh += s[HIGH + 9];
        carry = high + ((low - m) >> 58);
        raw = m * K[70];
        high = Math.multiplyHigh(m, K[71]);
        s[HIGH + 10] = high;
        s[LOW + 10] = raw - (high << 58);
        VarHandle.acquireFence();
        // column 11
        low = s[COLUMNS + 11] + windowLow;
        high = 0;
        VarHandle.acquireFence();
        x = s[COLUMNS + 6] - s[COLUMNS + 4];
        low += x * K[72];
        high += Math.multiplyHigh(x, K[73]);
        x = s[COLUMNS + 7] - s[COLUMNS + 3];
        low += x * K[74];
        high += Math.multiplyHigh(x, K[75]);
        x = s[COLUMNS + 8] - s[COLUMNS + 2];
        low += x * K[76];
        high += Math.multiplyHigh(x, K[77]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 9] - s[COLUMNS + 1];
        low += x * K[78];
        high += Math.multiplyHigh(x, K[79]);
        x = m - s[COLUMNS + 0];
        low += x * K[80];
        high += Math.multiplyHigh(x, K[81]);
        low += raw + carry;
        m = low << 6 >> 6;
        s[COLUMNS + 11] = m;
        high = (high << 1) + s[HIGH + 10];
        low -= high << 58;
        high += windowHigh;
        windowLow += s[LOW + 10];
        windowHigh += s[HIGH + 10];
        carry = high + ((low - m) >> 58);
        raw = m * K[82];
        high = Math.multiplyHigh(m, K[83]);
        s[HIGH + 11] = high;
        s[LOW + 11] = raw - (high << 58);
        VarHandle.acquireFence();
        // column 12
        low = s[COLUMNS + 12] + windowLow;
        high = 0;
        VarHandle.acquireFence();
        x = s[COLUMNS + 6] - s[COLUMNS + 5];
        low += x * K[84];
        high += Math.multiplyHigh(x, K[85]);
        x = s[COLUMNS + 7] - s[COLUMNS + 4];
        low += x * K[86];
        high += Math.multiplyHigh(x, K[87]);
        x = s[COLUMNS + 8] - s[COLUMNS + 3];
        low += x * K[88];
        high += Math.multiplyHigh(x, K[89]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 9] - s[COLUMNS + 2];
        low += x * K[90];
        high += Math.multiplyHigh(x, K[91]);
        x = s[COLUMNS + 10] - s[COLUMNS + 1];
        low += x * K[92];
        high += Math.multiplyHigh(x, K[93]);
        x = m - s[COLUMNS + 0];
        low += x * K[94];
        high += Math.multiplyHigh(x, K[95]);
        low += raw + carry;
        m = low << 6 >> 6;
        s[COLUMNS + 12] = m;
        high = (high << 1) + s[HIGH + 11];
        low -= high << 58;
        high += windowHigh;
        windowLow += s[LOW + 11];
        windowHigh += s[HIGH + 11];
        carry = high + ((low - m) >> 58);
        raw = m * K[96];
        high = Math.multiplyHigh(m, K[97]);
        s[HIGH + 12] = high;
        s[LOW + 12] = raw - (high << 58);
        VarHandle.acquireFence();
        // column 13
        low = s[COLUMNS + 13] + windowLow;
        high = 0;
        VarHandle.acquireFence();
        x = s[COLUMNS + 7] - s[COLUMNS + 5];
        low += x * K[98];
        high += Math.multiplyHigh(x, K[99]);
        x = s[COLUMNS + 8] - s[COLUMNS + 4];
        low += x * K[100];
        high += Math.multiplyHigh(x, K[101]);
        x = s[COLUMNS + 9] - s[COLUMNS + 3];
        low += x * K[102];
        high += Math.multiplyHigh(x, K[103]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 10] - s[COLUMNS + 2];
        low += x * K[104];
        high += Math.multiplyHigh(x, K[105]);
        x = s[COLUMNS + 11] - s[COLUMNS + 1];
        low += x * K[106];
        high += Math.multiplyHigh(x, K[107]);
        x = m - s[COLUMNS + 0];
        low += x * K[108];
        high += Math.multiplyHigh(x, K[109]);
        low += raw + carry;
        m = low << 6 >> 6;
        s[COLUMNS + 13] = m;
        high = (high << 1) + s[HIGH + 12];
        low -= high << 58;
        high += windowHigh;
        windowLow += s[LOW + 12];
        windowHigh += s[HIGH + 12];
        carry = high + ((low - m) >> 58);
        raw = m * K[110];
        high = Math.multiplyHigh(m, K[111]);
        s[HIGH + 13] = high;
        s[LOW + 13] = raw - (high << 58);
        VarHandle.acquireFence();
        from14(s, carry, windowLow, windowHigh, m, raw);
    }

    private static void from14(long[] s, long carry, long windowLow, long windowHigh, long m, long raw) {
        long low;
        long high;
        long x;
        // column 14
        low = s[COLUMNS + 14] + windowLow;
        high = 0;
        VarHandle.acquireFence();
        x = s[COLUMNS + 7] - s[COLUMNS + 6];
        low += x * K[112];
        high += Math.multiplyHigh(x, K[113]);
        x = s[COLUMNS + 8] - s[COLUMNS + 5];
        low += x * K[114];
        high += Math.multiplyHigh(x, K[115]);
        x = s[COLUMNS + 9] - s[COLUMNS + 4];
        low += x * K[116];
        high += Math.multiplyHigh(x, K[117]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 10] - s[COLUMNS + 3];
        low += x * K[118];
        high += Math.multiplyHigh(x, K[119]);
        x = s[COLUMNS + 11] - s[COLUMNS + 2];
        low += x * K[120];
        high += Math.multiplyHigh(x, K[121]);
        x = s[COLUMNS + 12] - s[COLUMNS + 1];
        low += x * K[122];
        high += Math.multiplyHigh(x, K[123]);
        VarHandle.acquireFence();
        x = m - s[COLUMNS + 0];
        low += x * K[124];
        high += Math.multiplyHigh(x, K[125]);
        low += raw + carry;
        m = low << 6 >> 6;
        s[COLUMNS + 14] = m;
        high = (high << 1) + s[HIGH + 13];
        low -= high << 58;
        high += windowHigh;
        windowLow += s[LOW + 13];
        windowHigh += s[HIGH + 13];
        carry = high + ((low - m) >> 58);
        raw = m * K[126];
        high = Math.multiplyHigh(m, K[127]);
        s[HIGH + 14] = high;
        s[LOW + 14] = raw - (high << 58);
        VarHandle.acquireFence();
        // column 15
        low = s[COLUMNS + 15] + windowLow;
        high = 0;
        VarHandle.acquireFence();
        x = s[COLUMNS + 8] - s[COLUMNS + 6];
        low += x * K[128];
        high += Math.multiplyHigh(x, K[129]);
        x = s[COLUMNS + 9] - s[COLUMNS + 5];
        low += x * K[130];
        high += Math.multiplyHigh(x, K[131]);
        x = s[COLUMNS + 10] - s[COLUMNS + 4];
        low += x * K[132];
        high += Math.multiplyHigh(x, K[133]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 11] - s[COLUMNS + 3];
        low += x * K[134];
        high += Math.multiplyHigh(x, K[135]);
        x = s[COLUMNS + 12] - s[COLUMNS + 2];
        low += x * K[136];
        high += Math.multiplyHigh(x, K[137]);
        x = s[COLUMNS + 13] - s[COLUMNS + 1];
        low += x * K[138];
        high += Math.multiplyHigh(x, K[139]);
        VarHandle.acquireFence();
        x = m - s[COLUMNS + 0];
        low += x * K[140];
        high += Math.multiplyHigh(x, K[141]);
        low += raw + carry;
        m = low << 6 >> 6;
        s[COLUMNS + 15] = m;
        high = (high << 1) + s[HIGH + 14];
        low -= high << 58;
        high += windowHigh;
        windowLow += s[LOW + 14];
        windowHigh += s[HIGH + 14];
        carry = high + ((low - m) >> 58);
        raw = m * K[142];
        high = Math.multiplyHigh(m, K[143]);
        s[HIGH + 15] = high;
        s[LOW + 15] = raw - (high << 58);
        VarHandle.acquireFence();
        // column 16
        low = s[COLUMNS + 16] + windowLow;
        high = 0;
        VarHandle.acquireFence();
        x = s[COLUMNS + 8] - s[COLUMNS + 7];
        low += x * K[144];
        high += Math.multiplyHigh(x, K[145]);
        x = s[COLUMNS + 9] - s[COLUMNS + 6];
        low += x * K[146];
        high += Math.multiplyHigh(x, K[147]);
        x = s[COLUMNS + 10] - s[COLUMNS + 5];
        low += x * K[148];
        high += Math.multiplyHigh(x, K[149]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 11] - s[COLUMNS + 4];
        low += x * K[150];
        high += Math.multiplyHigh(x, K[151]);
        x = s[COLUMNS + 12] - s[COLUMNS + 3];
        low += x * K[152];
        high += Math.multiplyHigh(x, K[153]);
        x = s[COLUMNS + 13] - s[COLUMNS + 2];
        low += x * K[154];
        high += Math.multiplyHigh(x, K[155]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 14] - s[COLUMNS + 1];
        low += x * K[156];
        high += Math.multiplyHigh(x, K[157]);
        x = m - s[COLUMNS + 0];
        low += x * K[158];
        high += Math.multiplyHigh(x, K[159]);
        low += raw + carry;
        m = low << 6 >> 6;
        s[COLUMNS + 16] = m;
        high = (high << 1) + s[HIGH + 15];
        low -= high << 58;
        high += windowHigh;
        windowLow += s[LOW + 15];
        windowHigh += s[HIGH + 15];
        carry = high + ((low - m) >> 58);
        raw = m * K[160];
        high = Math.multiplyHigh(m, K[161]);
        s[HIGH + 16] = high;
        s[LOW + 16] = raw - (high << 58);
        VarHandle.acquireFence();
        // column 17
        low = s[COLUMNS + 17] + windowLow;
        high = 0;
        VarHandle.acquireFence();
        x = s[COLUMNS + 9] - s[COLUMNS + 7];
        low += x * K[162];
        high += Math.multiplyHigh(x, K[163]);
        x = s[COLUMNS + 10] - s[COLUMNS + 6];
        low += x * K[164];
        high += Math.multiplyHigh(x, K[165]);
        x = s[COLUMNS + 11] - s[COLUMNS + 5];
        low += x * K[166];
        high += Math.multiplyHigh(x, K[167]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 12] - s[COLUMNS + 4];
        low += x * K[168];
        high += Math.multiplyHigh(x, K[169]);
        x = s[COLUMNS + 13] - s[COLUMNS + 3];
        low += x * K[170];
        high += Math.multiplyHigh(x, K[171]);
        x = s[COLUMNS + 14] - s[COLUMNS + 2];
        low += x * K[172];
        high += Math.multiplyHigh(x, K[173]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 15] - s[COLUMNS + 1];
        low += x * K[174];
        high += Math.multiplyHigh(x, K[175]);
        x = m - s[COLUMNS + 0];
        low += x * K[176];
        high += Math.multiplyHigh(x, K[177]);
        low += raw + carry;
        m = low * K[178] << 6 >> 6;
        s[COLUMNS + 17] = m;
        high = (high << 1) + s[HIGH + 16];
        low -= high << 58;
        high += windowHigh;
        windowLow += s[LOW + 16];
        windowHigh += s[HIGH + 16];
        x = Math.multiplyHigh(m, K[179]);
        low += m * K[180] - (x << 58);
        carry = high + x + (low >> 58);
        VarHandle.acquireFence();
        // column 18
        low = s[COLUMNS + 18];
        high = 0;
        x = s[COLUMNS + 0];
        low += x * K[181];
        high += Math.multiplyHigh(x, K[182]);
        x = s[COLUMNS + 17];
        low += x * K[183];
        high += Math.multiplyHigh(x, K[184]);
        windowLow -= s[LOW + 0];
        windowHigh -= s[HIGH + 0];
        VarHandle.acquireFence();
        x = s[COLUMNS + 9] - s[COLUMNS + 8];
        low += x * K[185];
        high += Math.multiplyHigh(x, K[186]);
        x = s[COLUMNS + 10] - s[COLUMNS + 7];
        low += x * K[187];
        high += Math.multiplyHigh(x, K[188]);
        x = s[COLUMNS + 11] - s[COLUMNS + 6];
        low += x * K[189];
        high += Math.multiplyHigh(x, K[190]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 12] - s[COLUMNS + 5];
        low += x * K[191];
        high += Math.multiplyHigh(x, K[192]);
        x = s[COLUMNS + 13] - s[COLUMNS + 4];
        low += x * K[193];
        high += Math.multiplyHigh(x, K[194]);
        x = s[COLUMNS + 14] - s[COLUMNS + 3];
        low += x * K[195];
        high += Math.multiplyHigh(x, K[196]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 15] - s[COLUMNS + 2];
        low += x * K[197];
        high += Math.multiplyHigh(x, K[198]);
        x = s[COLUMNS + 16] - s[COLUMNS + 1];
        low += x * K[199];
        high += Math.multiplyHigh(x, K[200]);
        low += windowLow - (high << 59) + carry;
        high = (high << 1) + windowHigh;
        x = low << 6 >> 6;
        s[COLUMNS + 18] = x;
        carry = high + ((low - x) >> 58);
        VarHandle.acquireFence();
        // column 19
        low = s[COLUMNS + 19];
        high = 0;
        x = s[COLUMNS + 1];
        low += x * K[181];
        high += Math.multiplyHigh(x, K[182]);
        x = s[COLUMNS + 17];
        low += x * K[201];
        high += Math.multiplyHigh(x, K[202]);
        windowLow -= s[LOW + 1];
        windowHigh -= s[HIGH + 1];
        VarHandle.acquireFence();
        x = s[COLUMNS + 10] - s[COLUMNS + 8];
        low += x * K[203];
        high += Math.multiplyHigh(x, K[204]);
        x = s[COLUMNS + 11] - s[COLUMNS + 7];
        low += x * K[205];
        high += Math.multiplyHigh(x, K[206]);
        x = s[COLUMNS + 12] - s[COLUMNS + 6];
        low += x * K[207];
        high += Math.multiplyHigh(x, K[208]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 13] - s[COLUMNS + 5];
        low += x * K[209];
        high += Math.multiplyHigh(x, K[210]);
        x = s[COLUMNS + 14] - s[COLUMNS + 4];
        low += x * K[211];
        high += Math.multiplyHigh(x, K[212]);
        x = s[COLUMNS + 15] - s[COLUMNS + 3];
        low += x * K[213];
        high += Math.multiplyHigh(x, K[214]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 16] - s[COLUMNS + 2];
        low += x * K[215];
        high += Math.multiplyHigh(x, K[216]);
        low += windowLow - (high << 59) + carry;
        high = (high << 1) + windowHigh;
        x = low << 6 >> 6;
        s[COLUMNS + 19] = x;
        carry = high + ((low - x) >> 58);
        VarHandle.acquireFence();
        // column 20
        low = s[COLUMNS + 20];
        high = 0;
        x = s[COLUMNS + 2];
        low += x * K[181];
        high += Math.multiplyHigh(x, K[182]);
        x = s[COLUMNS + 17];
        low += x * K[217];
        high += Math.multiplyHigh(x, K[218]);
        windowLow -= s[LOW + 2];
        windowHigh -= s[HIGH + 2];
        VarHandle.acquireFence();
        x = s[COLUMNS + 10] - s[COLUMNS + 9];
        low += x * K[219];
        high += Math.multiplyHigh(x, K[220]);
        x = s[COLUMNS + 11] - s[COLUMNS + 8];
        low += x * K[221];
        high += Math.multiplyHigh(x, K[222]);
        x = s[COLUMNS + 12] - s[COLUMNS + 7];
        low += x * K[223];
        high += Math.multiplyHigh(x, K[224]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 13] - s[COLUMNS + 6];
        low += x * K[225];
        high += Math.multiplyHigh(x, K[226]);
        x = s[COLUMNS + 14] - s[COLUMNS + 5];
        low += x * K[227];
        high += Math.multiplyHigh(x, K[228]);
        x = s[COLUMNS + 15] - s[COLUMNS + 4];
        low += x * K[229];
        high += Math.multiplyHigh(x, K[230]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 16] - s[COLUMNS + 3];
        low += x * K[231];
        high += Math.multiplyHigh(x, K[232]);
        low += windowLow - (high << 59) + carry;
        high = (high << 1) + windowHigh;
        x = low << 6 >> 6;
        s[COLUMNS + 20] = x;
        carry = high + ((low - x) >> 58);
        VarHandle.acquireFence();
        // column 21
        low = s[COLUMNS + 21];
        high = 0;
        x = s[COLUMNS + 3];
        low += x * K[181];
        high += Math.multiplyHigh(x, K[182]);
        x = s[COLUMNS + 17];
        low += x * K[233];
        high += Math.multiplyHigh(x, K[234]);
        windowLow -= s[LOW + 3];
        windowHigh -= s[HIGH + 3];
        VarHandle.acquireFence();
        x = s[COLUMNS + 11] - s[COLUMNS + 9];
        low += x * K[235];
        high += Math.multiplyHigh(x, K[236]);
        x = s[COLUMNS + 12] - s[COLUMNS + 8];
        low += x * K[237];
        high += Math.multiplyHigh(x, K[238]);
        x = s[COLUMNS + 13] - s[COLUMNS + 7];
        low += x * K[239];
        high += Math.multiplyHigh(x, K[240]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 14] - s[COLUMNS + 6];
        low += x * K[241];
        high += Math.multiplyHigh(x, K[242]);
        x = s[COLUMNS + 15] - s[COLUMNS + 5];
        low += x * K[243];
        high += Math.multiplyHigh(x, K[244]);
        x = s[COLUMNS + 16] - s[COLUMNS + 4];
        low += x * K[245];
        high += Math.multiplyHigh(x, K[246]);
        low += windowLow - (high << 59) + carry;
        high = (high << 1) + windowHigh;
        x = low << 6 >> 6;
        s[COLUMNS + 21] = x;
        carry = high + ((low - x) >> 58);
        VarHandle.acquireFence();
        from22(s, carry, windowLow, windowHigh, m, raw);
    }

    private static void from22(long[] s, long carry, long windowLow, long windowHigh, long m, long raw) {
        long low;
        long high;
        long x;
        // column 22
        low = s[COLUMNS + 22];
        high = 0;
        x = s[COLUMNS + 4];
        low += x * K[181];
        high += Math.multiplyHigh(x, K[182]);
        x = s[COLUMNS + 17];
        low += x * K[247];
        high += Math.multiplyHigh(x, K[248]);
        windowLow -= s[LOW + 4];
        windowHigh -= s[HIGH + 4];
        VarHandle.acquireFence();
        x = s[COLUMNS + 11] - s[COLUMNS + 10];
        low += x * K[249];
        high += Math.multiplyHigh(x, K[250]);
        x = s[COLUMNS + 12] - s[COLUMNS + 9];
        low += x * K[251];
        high += Math.multiplyHigh(x, K[252]);
        x = s[COLUMNS + 13] - s[COLUMNS + 8];
        low += x * K[253];
        high += Math.multiplyHigh(x, K[254]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 14] - s[COLUMNS + 7];
        low += x * K[255];
        high += Math.multiplyHigh(x, K[256]);
        x = s[COLUMNS + 15] - s[COLUMNS + 6];
        low += x * K[257];
        high += Math.multiplyHigh(x, K[258]);
        x = s[COLUMNS + 16] - s[COLUMNS + 5];
        low += x * K[259];
        high += Math.multiplyHigh(x, K[260]);
        low += windowLow - (high << 59) + carry;
        high = (high << 1) + windowHigh;
        x = low << 6 >> 6;
        s[COLUMNS + 22] = x;
        carry = high + ((low - x) >> 58);
        VarHandle.acquireFence();
        // column 23
        low = s[COLUMNS + 23];
        high = 0;
        x = s[COLUMNS + 5];
        low += x * K[181];
        high += Math.multiplyHigh(x, K[182]);
        x = s[COLUMNS + 17];
        low += x * K[261];
        high += Math.multiplyHigh(x, K[262]);
        windowLow -= s[LOW + 5];
        windowHigh -= s[HIGH + 5];
        VarHandle.acquireFence();
        x = s[COLUMNS + 12] - s[COLUMNS + 10];
        low += x * K[263];
        high += Math.multiplyHigh(x, K[264]);
        x = s[COLUMNS + 13] - s[COLUMNS + 9];
        low += x * K[265];
        high += Math.multiplyHigh(x, K[266]);
        x = s[COLUMNS + 14] - s[COLUMNS + 8];
        low += x * K[267];
        high += Math.multiplyHigh(x, K[268]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 15] - s[COLUMNS + 7];
        low += x * K[269];
        high += Math.multiplyHigh(x, K[270]);
        x = s[COLUMNS + 16] - s[COLUMNS + 6];
        low += x * K[271];
        high += Math.multiplyHigh(x, K[272]);
        low += windowLow - (high << 59) + carry;
        high = (high << 1) + windowHigh;
        x = low << 6 >> 6;
        s[COLUMNS + 23] = x;
        carry = high + ((low - x) >> 58);
        VarHandle.acquireFence();
        // column 24
        low = s[COLUMNS + 24];
        high = 0;
        x = s[COLUMNS + 6];
        low += x * K[181];
        high += Math.multiplyHigh(x, K[182]);
        x = s[COLUMNS + 17];
        low += x * K[273];
        high += Math.multiplyHigh(x, K[274]);
        windowLow -= s[LOW + 6];
        windowHigh -= s[HIGH + 6];
        VarHandle.acquireFence();
        x = s[COLUMNS + 12] - s[COLUMNS + 11];
        low += x * K[275];
        high += Math.multiplyHigh(x, K[276]);
        x = s[COLUMNS + 13] - s[COLUMNS + 10];
        low += x * K[277];
        high += Math.multiplyHigh(x, K[278]);
        x = s[COLUMNS + 14] - s[COLUMNS + 9];
        low += x * K[279];
        high += Math.multiplyHigh(x, K[280]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 15] - s[COLUMNS + 8];
        low += x * K[281];
        high += Math.multiplyHigh(x, K[282]);
        x = s[COLUMNS + 16] - s[COLUMNS + 7];
        low += x * K[283];
        high += Math.multiplyHigh(x, K[284]);
        low += windowLow - (high << 59) + carry;
        high = (high << 1) + windowHigh;
        x = low << 6 >> 6;
        s[COLUMNS + 24] = x;
        carry = high + ((low - x) >> 58);
        VarHandle.acquireFence();
        // column 25
        low = s[COLUMNS + 25];
        high = 0;
        x = s[COLUMNS + 7];
        low += x * K[181];
        high += Math.multiplyHigh(x, K[182]);
        x = s[COLUMNS + 17];
        low += x * K[285];
        high += Math.multiplyHigh(x, K[286]);
        windowLow -= s[LOW + 7];
        windowHigh -= s[HIGH + 7];
        VarHandle.acquireFence();
        x = s[COLUMNS + 13] - s[COLUMNS + 11];
        low += x * K[287];
        high += Math.multiplyHigh(x, K[288]);
        x = s[COLUMNS + 14] - s[COLUMNS + 10];
        low += x * K[289];
        high += Math.multiplyHigh(x, K[290]);
        x = s[COLUMNS + 15] - s[COLUMNS + 9];
        low += x * K[291];
        high += Math.multiplyHigh(x, K[292]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 16] - s[COLUMNS + 8];
        low += x * K[293];
        high += Math.multiplyHigh(x, K[294]);
        low += windowLow - (high << 59) + carry;
        high = (high << 1) + windowHigh;
        x = low << 6 >> 6;
        s[COLUMNS + 25] = x;
        carry = high + ((low - x) >> 58);
        VarHandle.acquireFence();
        // column 26
        low = s[COLUMNS + 26];
        high = 0;
        x = s[COLUMNS + 8];
        low += x * K[181];
        high += Math.multiplyHigh(x, K[182]);
        x = s[COLUMNS + 17];
        low += x * K[295];
        high += Math.multiplyHigh(x, K[296]);
        windowLow -= s[LOW + 8];
        windowHigh -= s[HIGH + 8];
        VarHandle.acquireFence();
        x = s[COLUMNS + 13] - s[COLUMNS + 12];
        low += x * K[297];
        high += Math.multiplyHigh(x, K[298]);
        x = s[COLUMNS + 14] - s[COLUMNS + 11];
        low += x * K[299];
        high += Math.multiplyHigh(x, K[300]);
        x = s[COLUMNS + 15] - s[COLUMNS + 10];
        low += x * K[301];
        high += Math.multiplyHigh(x, K[302]);
        VarHandle.acquireFence();
        x = s[COLUMNS + 16] - s[COLUMNS + 9];
        low += x * K[303];
        high += Math.multiplyHigh(x, K[304]);
        low += windowLow - (high << 59) + carry;
        high = (high << 1) + windowHigh;
        x = low << 6 >> 6;
        s[COLUMNS + 26] = x;
        carry = high + ((low - x) >> 58);
        VarHandle.acquireFence();
        // column 27
        low = s[COLUMNS + 27];
        high = 0;
        x = s[COLUMNS + 9];
        low += x * K[181];
        high += Math.multiplyHigh(x, K[182]);
        x = s[COLUMNS + 17];
        low += x * K[305];
        high += Math.multiplyHigh(x, K[306]);
        windowLow -= s[LOW + 9];
        windowHigh -= s[HIGH + 9];
        VarHandle.acquireFence();
        x = s[COLUMNS + 14] - s[COLUMNS + 12];
        low += x * K[307];
        high += Math.multiplyHigh(x, K[308]);
        x = s[COLUMNS + 15] - s[COLUMNS + 11];
        low += x * K[309];
        high += Math.multiplyHigh(x, K[310]);
        x = s[COLUMNS + 16] - s[COLUMNS + 10];
        low += x * K[311];
        high += Math.multiplyHigh(x, K[312]);
        low += windowLow - (high << 59) + carry;
        high = (high << 1) + windowHigh;
        x = low << 6 >> 6;
        s[COLUMNS + 27] = x;
        carry = high + ((low - x) >> 58);
        VarHandle.acquireFence();
        // column 28
        low = s[COLUMNS + 28];
        high = 0;
        x = s[COLUMNS + 10];
        low += x * K[181];
        high += Math.multiplyHigh(x, K[182]);
        x = s[COLUMNS + 17];
        low += x * K[313];
        high += Math.multiplyHigh(x, K[314]);
        windowLow -= s[LOW + 10];
        windowHigh -= s[HIGH + 10];
        VarHandle.acquireFence();
        x = s[COLUMNS + 14] - s[COLUMNS + 13];
        low += x * K[315];
        high += Math.multiplyHigh(x, K[316]);
        x = s[COLUMNS + 15] - s[COLUMNS + 12];
        low += x * K[317];
        high += Math.multiplyHigh(x, K[318]);
        x = s[COLUMNS + 16] - s[COLUMNS + 11];
        low += x * K[319];
        high += Math.multiplyHigh(x, K[320]);
        low += windowLow - (high << 59) + carry;
        high = (high << 1) + windowHigh;
        x = low << 6 >> 6;
        s[COLUMNS + 28] = x;
        carry = high + ((low - x) >> 58);
        VarHandle.acquireFence();
        // column 29
        low = s[COLUMNS + 29];
        high = 0;
        x = s[COLUMNS + 11];
        low += x * K[181];
        high += Math.multiplyHigh(x, K[182]);
        x = s[COLUMNS + 17];
        low += x * K[321];
        high += Math.multiplyHigh(x, K[322]);
        windowLow -= s[LOW + 11];
        windowHigh -= s[HIGH + 11];
        VarHandle.acquireFence();
        x = s[COLUMNS + 15] - s[COLUMNS + 13];
        low += x * K[323];
        high += Math.multiplyHigh(x, K[324]);
        x = s[COLUMNS + 16] - s[COLUMNS + 12];
        low += x * K[325];
        high += Math.multiplyHigh(x, K[326]);
        low += windowLow - (high << 59) + carry;
        high = (high << 1) + windowHigh;
        x = low << 6 >> 6;
        s[COLUMNS + 29] = x;
        carry = high + ((low - x) >> 58);
        VarHandle.acquireFence();
        // column 30
        low = s[COLUMNS + 30];
        high = 0;
        x = s[COLUMNS + 12];
        low += x * K[181];
        high += Math.multiplyHigh(x, K[182]);
        x = s[COLUMNS + 17];
        low += x * K[327];
        high += Math.multiplyHigh(x, K[328]);
        windowLow -= s[LOW + 12];
        windowHigh -= s[HIGH + 12];
        VarHandle.acquireFence();
        x = s[COLUMNS + 15] - s[COLUMNS + 14];
        low += x * K[329];
        high += Math.multiplyHigh(x, K[330]);
        x = s[COLUMNS + 16] - s[COLUMNS + 13];
        low += x * K[331];
        high += Math.multiplyHigh(x, K[332]);
        low += windowLow - (high << 59) + carry;
        high = (high << 1) + windowHigh;
        x = low << 6 >> 6;
        s[COLUMNS + 30] = x;
        carry = high + ((low - x) >> 58);
        VarHandle.acquireFence();
        // column 31
        low = s[COLUMNS + 31];
        high = 0;
        x = s[COLUMNS + 13];
        low += x * K[181];
        high += Math.multiplyHigh(x, K[182]);
        x = s[COLUMNS + 17];
        low += x * K[333];
        high += Math.multiplyHigh(x, K[334]);
        windowLow -= s[LOW + 13];
        windowHigh -= s[HIGH + 13];
        VarHandle.acquireFence();
        x = s[COLUMNS + 16] - s[COLUMNS + 14];
        low += x * K[335];
        high += Math.multiplyHigh(x, K[336]);
        low += windowLow - (high << 59) + carry;
        high = (high << 1) + windowHigh;
        x = low << 6 >> 6;
        s[COLUMNS + 31] = x;
        carry = high + ((low - x) >> 58);
        VarHandle.acquireFence();
        // column 32
        low = s[COLUMNS + 32];
        high = 0;
        x = s[COLUMNS + 14];
        low += x * K[181];
        high += Math.multiplyHigh(x, K[182]);
        x = s[COLUMNS + 17];
        low += x * K[337];
        high += Math.multiplyHigh(x, K[338]);
        windowLow -= s[LOW + 14];
        windowHigh -= s[HIGH + 14];
        VarHandle.acquireFence();
        x = s[COLUMNS + 16] - s[COLUMNS + 15];
        low += x * K[339];
        high += Math.multiplyHigh(x, K[340]);
        low += windowLow - (high << 59) + carry;
        high = (high << 1) + windowHigh;
        x = low << 6 >> 6;
        s[COLUMNS + 32] = x;
        carry = high + ((low - x) >> 58);
        VarHandle.acquireFence();
        // column 33
        low = s[COLUMNS + 33];
        high = 0;
        x = s[COLUMNS + 15];
        low += x * K[181];
        high += Math.multiplyHigh(x, K[182]);
        x = s[COLUMNS + 17];
        low += x * K[341];
        high += Math.multiplyHigh(x, K[342]);
        windowLow -= s[LOW + 15];
        windowHigh -= s[HIGH + 15];
        low += windowLow - (high << 59) + carry;
        high = (high << 1) + windowHigh;
        x = low << 6 >> 6;
        s[COLUMNS + 33] = x;
        carry = high + ((low - x) >> 58);
        VarHandle.acquireFence();
        // column 34
        low = s[COLUMNS + 34];
        high = 0;
        x = s[COLUMNS + 16];
        low += x * K[181];
        high += Math.multiplyHigh(x, K[182]);
        x = s[COLUMNS + 17];
        low += x * K[343];
        high += Math.multiplyHigh(x, K[344]);
        windowLow -= s[LOW + 16];
        windowHigh -= s[HIGH + 16];
        low += windowLow - (high << 59) + carry;
        high = (high << 1) + windowHigh;
        x = low << 6 >> 6;
        s[COLUMNS + 34] = x;
        carry = high + ((low - x) >> 58);
        VarHandle.acquireFence();
        s[COLUMNS + 35] += carry;
    }
}
