// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http/compression.h"

#include <QTest>

#include <zlib.h>

using namespace cycast;
using namespace Qt::Literals::StringLiterals;

namespace
{

QByteArray header(const HttpResponse &response, const QByteArray &name)
{
    for (const HttpRequest::Header &each : response.headers) {
        if (each.name == name)
            return each.value;
    }
    return {};
}

/// Empty: it is no whole gzip file.
QByteArray unpacked(const QByteArray &bytes)
{
    z_stream stream{};
    if (::inflateInit2(&stream, 15 + 16) != Z_OK)
        return {};
    QByteArray result(1'000'000, Qt::Uninitialized);
    QByteArray copy = bytes;
    stream.next_in = reinterpret_cast<Bytef *>(copy.data());
    stream.avail_in = static_cast<uInt>(copy.size());
    stream.next_out = reinterpret_cast<Bytef *>(result.data());
    stream.avail_out = static_cast<uInt>(result.size());
    const bool isWhole = ::inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0;
    result.truncate(isWhole ? static_cast<qsizetype>(stream.total_out) : 0);
    ::inflateEnd(&stream);
    return result;
}

} // namespace

/// Answers in gzip for those who accept it.
class TestCompression : public QObject
{
    Q_OBJECT

private slots:
    void whoAcceptsIt_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<bool>("accepts");
        QTest::newRow("nothing") << QByteArray() << false;
        QTest::newRow("curl") << QByteArray("deflate, gzip, br, zstd") << true;
        QTest::newRow("browser") << QByteArray("gzip, deflate, br") << true;
        QTest::newRow("capitals") << QByteArray("GZip") << true;
        QTest::newRow("old name") << QByteArray("x-gzip") << true;
        QTest::newRow("weighed") << QByteArray("br;q=1.0, gzip;q=0.5") << true;
        QTest::newRow("refused") << QByteArray("gzip;q=0, identity") << false;
        QTest::newRow("refused with decimals") << QByteArray("gzip ; q=0.000") << false;
        QTest::newRow("anything") << QByteArray("*") << true;
        QTest::newRow("anything but that") << QByteArray("*, gzip;q=0") << false;
        QTest::newRow("nothing at all") << QByteArray("*;q=0") << false;
        QTest::newRow("as it is") << QByteArray("identity") << false;
        QTest::newRow("a part of a word") << QByteArray("gzipped") << false;
    }
    void whoAcceptsIt()
    {
        QFETCH(QByteArray, said);
        HttpRequest request;
        if (!said.isNull())
            request.headers.append(HttpRequest::Header{"Accept-Encoding", said});
        QTEST(acceptsGzip(request), "accepts");
    }

    void comesOutAsItWentIn()
    {
        HttpResponse response = HttpResponse::json(200, {});
        for (int i = 0; i < 3'000; ++i)
            response.body += "{\"id\":" + QByteArray::number(i) + "},";
        const HttpResponse small = gzipped(response);
        QCOMPARE(header(small, "Content-Encoding"), QByteArray("gzip"));
        QCOMPARE(header(small, "Vary"), QByteArray("Accept-Encoding"));
        QVERIFY2(small.body.size() * 3 < response.body.size(), QByteArray::number(small.body.size()));
        QCOMPARE(unpacked(small.body), response.body);
        QCOMPARE(header(varying(response), "Vary"), QByteArray("Accept-Encoding"));
        QCOMPARE(varying(response).body, response.body);
    }

    void whatIsNotWorthItStays_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("a packet") << QByteArray(leastCompressed - 1, 'x');
        QTest::newRow("too long for a round") << QByteArray(mostCompressed + 1, 'x');
        QByteArray noise;
        for (quint32 i = 0, x = 7; i < 5'000; ++i)
            noise += static_cast<char>((x = x * 1'664'525 + 1'013'904'223) >> 24);
        QTest::newRow("noise") << noise;
    }
    void whatIsNotWorthItStays()
    {
        QFETCH(QByteArray, body);
        HttpResponse response;
        response.body = body;
        const HttpResponse same = gzipped(response);
        QCOMPARE(same.body, body);
        QCOMPARE(header(same, "Content-Encoding"), QByteArray());
        QCOMPARE(header(same, "Vary"), QByteArray("Accept-Encoding"));
    }
};

QTEST_APPLESS_MAIN(TestCompression)
#include "tst_compression.moc"
