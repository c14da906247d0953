// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The picture of what is heard, and the recording as the window shows it.
#include "exampledata.h"
#include "fakestation.h"

#include "ui/onair/broadcastactions.h"
#include "ui/onair/coverpicture.h"
#include "ui/window/stationstatusbar.h"

#include <QBuffer>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace cycast;

namespace
{

QByteArray png(int width, int height, const QColor &color)
{
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(color);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return buffer.data();
}

} // namespace

class TestCoverPicture : public QObject
{
    Q_OBJECT

private slots:
    void picturesAreMadeSmall()
    {
        const QImage image = decodedCover(png(1200, 600, Qt::red), 60);
        QCOMPARE(image.size(), QSize(60, 30));
        QCOMPARE(image.pixelColor(30, 15), QColor(Qt::red));
        QVERIFY(decodedCover("no picture", 60).isNull());
        QVERIFY(decodedCover({}, 60).isNull());
        QVERIFY(!decodedCover(png(5000, 1, Qt::red), 60).isNull());
        // A head that promises 20,000 x 20,000 pixels is not believed.
        QByteArray bomb = png(2, 2, Qt::red);
        const QByteArray side("\x00\x00\x4e\x20", 4);
        bomb.replace(16, 8, side + side);
        QVERIFY(decodedCover(bomb, 60).isNull());
    }

    void thePictureFollowsTheTrack()
    {
        fakeCalls().clear();
        FakeStation control{FakeStation::Answers::AtOnce};
        QWidget window;
        CoverPicture cover(control, &window);
        window.show();
        const QList<PlaylistEntry> tracks = exampleTracks();
        const auto hear = [&](const PlaylistEntry &entry) {
            emit control.statusChanged(exampleStatus(entry.track, {}));
        };
        hear(tracks[0]);
        hear(tracks[0]);
        QCOMPARE(fakeCalls().covers, QList<quint64>({tracks[0].id}));
        QVERIFY(!cover.isVisible());
        emit control.coverRead(tracks[0].id, png(300, 300, Qt::blue));
        QTRY_VERIFY(cover.isVisible());
        QCOMPARE(cover.pixmap().toImage().pixelColor(5, 5), QColor(Qt::blue));

        hear(tracks[1]); // has none
        QVERIFY(!cover.isVisible());
        QSignalSpy decoded(&cover, &CoverPicture::decoded);
        emit control.coverRead(tracks[1].id, {});
        QTRY_COMPARE(decoded.count(), 1);
        QVERIFY(!cover.isVisible());
        hear(tracks[2]);
        emit control.coverRead(tracks[1].id, png(9, 9, Qt::red)); // too late
        QVERIFY(!cover.isVisible());

        hear(tracks[0]); // kept: not read again
        QVERIFY(cover.isVisible());
        QCOMPARE(fakeCalls().covers.size(), 3);
        StationStatus live = exampleStatus(tracks[0].track, {});
        live.heard = ProgrammeKind::Live;
        emit control.statusChanged(live);
        QVERIFY(!cover.isVisible());
    }

    void recordingIsAnActionAndIsShown()
    {
        fakeCalls().clear();
        FakeStation control{FakeStation::Answers::AtOnce};
        BroadcastActions actions(control);
        StationStatusBar bar(control);
        bar.show();
        const auto *label = bar.findChild<QLabel *>(u"Recording"_s);
        QVERIFY(!label->isVisible());
        QCOMPARE(actions.record()->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_R));
        actions.record()->trigger();
        QCOMPARE(fakeCalls().recordings, QList<bool>({true}));
        StationStatus status = exampleStatus({}, {});
        status.recording.isWanted = status.recording.isRunning = true;
        status.recording.recordedMs = 754'000;
        status.recording.bytes = 12'000'000;
        emit control.statusChanged(status);
        QVERIFY(actions.record()->isChecked());
        QVERIFY(label->isVisible());
        QVERIFY2(label->text().contains(u"recording 12:34"_s), qPrintable(label->text()));
        // The disk is full: the action says no, and the foot of the window why.
        status.recording = {};
        status.recording.problem = Sentence(u"The recording has stopped: No space left on device."_s);
        emit control.statusChanged(status);
        QVERIFY(!actions.record()->isChecked());
        QVERIFY(label->isVisible());
        QVERIFY(label->toolTip().contains(u"No space left"_s));
    }
};

QTEST_MAIN(TestCoverPicture)
#include "tst_coverpicture.moc"
