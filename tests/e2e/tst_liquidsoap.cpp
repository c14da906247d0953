// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/livetrial.h"

#include <QTest>

#include <vector>

using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

namespace
{

struct Output {
    const char *name;
    QString encoder;
    QString how;
    QByteArray type;
    qint64 bytes;
    QString agent = u"Liquidsoap"_s;
};

const QList<Output> &outputs()
{
    static const QList<Output> all{
        {"SOURCE", u"%mp3(bitrate=128)"_s, u"mount=\"/stream\""_s, "audio/mpeg", 30'000},
        {"PUT", u"%mp3(bitrate=128)"_s, u"mount=\"/stream\", method=\"put\""_s, "audio/mpeg", 30'000},
        {"PUT, chunked", u"%mp3(bitrate=128)"_s, u"mount=\"/stream\", method=\"put\", chunked=true"_s,
         "audio/mpeg", 30'000},
        {"icy", u"%mp3(bitrate=128)"_s, u"mount=\"\", protocol=\"icy\""_s, "audio/mpeg", 30'000,
         u"Shoutcast v1"_s},
        {"Vorbis", u"%vorbis(quality=0.3)"_s, u"mount=\"/stream\""_s, "audio/ogg", 9'000},
    };
    return all;
}

} // namespace

/// liquidsoap in all its ways. It takes long to start, so that one of it feeds a station per way.
class TestLiquidsoap : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void goesLive_data();
    void goesLive();

private:
    std::vector<std::unique_ptr<LiveTrial>> m_trials;
    Sandbox m_sandbox;
    std::unique_ptr<QProcess> m_liquidsoap;
};

void TestLiquidsoap::initTestCase()
{
    QVERIFY(LiveTrial::makeFiles());
    QString script = u"settings.init.allow_root.set(true)\nsettings.log.file.set(false)\n"
                     "settings.log.stdout.set(true)\ns = mksafe(once(single(\"FOLDER/live.mp3\")))\n"_s;
    for (const Output &output : outputs()) {
        m_trials.push_back(std::make_unique<LiveTrial>());
        QVERIFY(m_trials.back()->start());
        script +=
            u"output.icecast(%1, host=\"127.0.0.1\", port=PORT, password=\"PASSWORD\", name=\"Liq\", %2, s)\n"_s
                .arg(output.encoder, output.how);
        script = m_trials.back()->filledIn({script}).constFirst();
    }
    m_sandbox.write(u"radio.liq"_s, script.toUtf8());
    m_liquidsoap = m_sandbox.start(u"liquidsoap"_s, {m_sandbox.path(u"radio.liq"_s)});
}

void TestLiquidsoap::cleanupTestCase()
{
    m_liquidsoap->terminate();
    m_liquidsoap->waitForFinished(5000);
    m_trials.clear();
}

void TestLiquidsoap::goesLive_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < outputs().size(); ++i)
        QTest::newRow(outputs().at(i).name) << i;
}

void TestLiquidsoap::goesLive()
{
    QFETCH(const int, index);
    const Output &output = outputs().at(index);
    const QString fault = m_trials.at(static_cast<size_t>(index))
                              ->heardFault({.contentType = output.type,
                                            .agent = output.agent,
                                            .title = u"Tone"_s,
                                            .bytes = output.bytes,
                                            .patienceMs = 60'000});
    QVERIFY2(fault.isEmpty(),
             qPrintable(fault + u"\nliquidsoap said: "_s +
                        QString::fromUtf8(m_liquidsoap->readAllStandardOutput().right(3000))));
}

QTEST_GUILESS_MAIN(TestLiquidsoap)
#include "tst_liquidsoap.moc"
