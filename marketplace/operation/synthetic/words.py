"""Words of which invented listings and partners are made. Not for readers: these rows fill test databases."""

VERBS = (
    "Pembangunan", "Pengelolaan", "Peremajaan", "Perluasan", "Digitalisasi", "Penyediaan", "Pengoperasian",
    "Integrasi", "Modernisasi", "Revitalisasi", "Penataan", "Pemeliharaan", "Optimalisasi", "Percontohan",
)  # fmt: skip
QUALITIES = (
    "terpadu", "hemat energi", "berbasis data", "untuk warga", "tahap dua", "kawasan pesisir", "antarkecamatan",
    "ramah lingkungan", "daring", "skala kota", "bersama desa", "pusat kota", "wilayah timur", "wilayah utara",
)  # fmt: skip
NOUNS = (
    "layanan", "jaringan", "pelanggan", "kecamatan", "pasar", "terminal", "puskesmas", "sekolah", "sungai", "taman",
    "lampu", "pompa", "gudang", "pelabuhan", "kebun", "nelayan", "petani", "pedagang", "pelajar", "wisatawan",
    "sampah", "limbah", "energi", "surya", "listrik", "air", "sensor", "kamera", "antrean", "perizinan", "tiket",
    "bus", "parkir", "jalan", "jembatan", "trotoar", "rumah", "gedung", "internet", "aplikasi", "data", "arsip",
    "pembayaran", "retribusi", "tarif", "pinjaman", "koperasi", "usaha", "kerajinan", "ekspor", "panen", "pupuk",
    "ternak", "perikanan", "banjir", "longsor", "gempa", "peringatan", "udara", "pohon", "sumur", "bendungan",
    "kesehatan", "obat", "dokter", "pasien", "rujukan", "guru", "kurikulum", "pelatihan", "pekerja", "perempuan",
    "pemuda", "lansia", "budaya", "museum", "festival", "kuliner", "penginapan", "dermaga", "kapal", "logistik",
)  # fmt: skip
SENTENCES = (
    "Saat ini {a} di {n} kecamatan belum terhubung dengan {b} dan {c}.",
    "Warga menunggu rata-rata {n} hari untuk {a}, sedangkan {b} tersedia hanya di pusat kota.",
    "Pemerintah daerah menyiapkan lahan {n} hektare untuk {a} serta {b}.",
    "Dicari mitra yang membangun {a}, mengoperasikan {b} dan memelihara {c} selama {n} tahun.",
    "Hasil yang diharapkan: {a} lebih cepat, biaya {b} turun {n} persen, dan {c} tercatat.",
    "Sudah ada {n} titik {a} yang berjalan, tetapi {b} masih dicatat dengan tangan.",
    "Kajian awal menunjukkan {a} dan {b} dapat dibiayai dari {c}.",
    "Program ini tercantum dalam rencana daerah bersama {a}, {b} dan {c}.",
)
ENGLISH = (
    "The region seeks a partner to build and run the service for {n} years.",
    "About {n} districts are still without it; a first study is finished.",
    "Land of {n} hectares and the permits are being prepared by the region.",
)
COMPANIES = ("Nusantara", "Sinar", "Bahari", "Cakra", "Mandala", "Tirta", "Lestari", "Graha", "Surya", "Arta")
TRADES = (
    "Infrastruktur",
    "Energi",
    "Digital",
    "Modal",
    "Transportasi",
    "Air",
    "Data",
    "Pangan",
    "Media",
    "Karya",
)
