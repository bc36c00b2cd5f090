<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr">
    <context>
    <name>AnnotateMenu</name>
    <message>
        <source>&amp;Write on the Score</source>
        <translation>É&amp;crire sur la partition</translation>
    </message>
    <message>
        <source>&amp;Pencil</source>
        <translation>Cra&amp;yon</translation>
    </message>
    <message>
        <source>&amp;Highlighter</source>
        <translation>S&amp;urligneur</translation>
    </message>
    <message>
        <source>&amp;Eraser</source>
        <translation>&amp;Gomme</translation>
    </message>
    <message>
        <source>&amp;Text</source>
        <translation>&amp;Texte</translation>
    </message>
    <message>
        <source>&amp;Fingering</source>
        <translation>&amp;Doigté</translation>
    </message>
    <message>
        <source>&amp;Stamp</source>
        <translation>&amp;Symbole</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>Cou&amp;leur</translation>
    </message>
    <message>
        <source>S&amp;ize</source>
        <translation>T&amp;aille</translation>
    </message>
    <message>
        <source>&amp;Undo Writing</source>
        <translation>A&amp;nnuler l'écriture</translation>
    </message>
    <message>
        <source>Ctrl+Z while you write</source>
        <translation>Ctrl+Z pendant que vous écrivez</translation>
    </message>
    <message>
        <source>&amp;Redo Writing</source>
        <translation>&amp;Rétablir l'écriture</translation>
    </message>
    <message>
        <source>Stop Writi&amp;ng</source>
        <translation>Arrêter d'écr&amp;ire</translation>
    </message>
    <message>
        <source>Esc while you write</source>
        <translation>Échap pendant que vous écrivez</translation>
    </message>
    <message>
        <source>Finger &amp;{}</source>
        <translation>Doigt &amp;{}</translation>
    </message>
    <message>
        <source>&amp;Breath</source>
        <translation>&amp;Respiration</translation>
    </message>
    <message>
        <source>&amp;Caesura</source>
        <translation>&amp;Césure</translation>
    </message>
    <message>
        <source>C&amp;ut</source>
        <translation>Co&amp;upure</translation>
    </message>
    <message>
        <source>&amp;Eyeglasses: Watch Out</source>
        <translation>&amp;Lunettes : attention</translation>
    </message>
    <message>
        <source>B&amp;racket (Drag It as Long as You Like)</source>
        <translation>Cr&amp;ochet (étirez-le à volonté)</translation>
    </message>
    <message>
        <source>&amp;Fine</source>
        <translation>&amp;Fine</translation>
    </message>
    <message>
        <source>&amp;Medium</source>
        <translation>&amp;Moyenne</translation>
    </message>
    <message>
        <source>&amp;Broad</source>
        <translation>&amp;Large</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Jaune</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Vert</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>Rose</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Bleu</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Noir</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rouge</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>Violet</translation>
    </message>
    <message>
        <source>Fingering</source>
        <translation>Doigté</translation>
    </message>
    <message>
        <source>Stamp</source>
        <translation>Symbole</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
</context><context>
    <name>Annotating</name>
    <message>
        <source>Erase Everything on This Pa&amp;ge</source>
        <translation>Tout &amp;effacer sur cette page</translation>
    </message>
    <message>
        <source>Take Over the PDF's &amp;Own Annotations</source>
        <translation>Reprendre les annotations du &amp;PDF</translation>
    </message>
    <message>
        <source>Export with &amp;Annotations …</source>
        <translation>E&amp;xporter avec les annotations …</translation>
    </message>
    <message>
        <source>That was on page {}.</source>
        <translation>C'était à la page {}.</translation>
    </message>
    <message>
        <source>This score has no annotations that can be taken over.</source>
        <translation>Cette partition n'a pas d'annotations à reprendre.</translation>
    </message>
    <message>
        <source>Annotations taken over: {}. The PDF itself stays as it is.</source>
        <translation>Annotations reprises : {}. Le PDF lui-même reste tel quel.</translation>
    </message>
    <message>
        <source>{} (annotated)</source>
        <translation>{} (annotée)</translation>
    </message>
    <message>
        <source>Export with Annotations</source>
        <translation>Exporter avec les annotations</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>The copy is ready: {}</source>
        <translation>La copie est prête : {}</translation>
    </message>
    <message>
        <source>The copy is being written.</source>
        <translation>La copie est en cours d'écriture.</translation>
    </message>
</context><context>
    <name>Arranging</name>
    <message>
        <source>Arrange P&amp;ages …</source>
        <translation>Organ&amp;iser les pages …</translation>
    </message>
    <message>
        <source>This cannot be saved ({reason}).</source>
        <translation>Impossible d'enregistrer ({reason}).</translation>
    </message>
</context><context>
    <name>BarNumbers</name>
    <message>
        <source>No bar lines have been read: bars cannot be counted here.</source>
        <translation>Aucune barre de mesure n'a été lue : on ne peut pas compter les mesures ici.</translation>
    </message>
    <message>
        <source>There is no bar {}: {} to {} have been read.</source>
        <translation>Il n'y a pas de mesure {} : {} à {} ont été lues.</translation>
    </message>
    <message>
        <source>Go to bar ({} to {}):</source>
        <translation>Aller à la mesure ({} à {}) :</translation>
    </message>
    <message>
        <source>Point at a place in the score first.</source>
        <translation>Indiquez d'abord un endroit de la partition.</translation>
    </message>
    <message>
        <source>Page {} has not been read yet.</source>
        <translation>La page {} n'a pas encore été lue.</translation>
    </message>
    <message>
        <source>This Is Bar …</source>
        <translation>C'est la mesure …</translation>
    </message>
    <message>
        <source>Number of this bar (0 is an upbeat):</source>
        <translation>Numéro de cette mesure (0 est une levée) :</translation>
    </message>
    <message>
        <source>This is bar {} from now on.</source>
        <translation>C'est désormais la mesure {}.</translation>
    </message>
    <message>
        <source>Bars are numbered as they are printed and counted.</source>
        <translation>Les mesures sont numérotées comme elles sont imprimées et comptées.</translation>
    </message>
</context><context>
    <name>BeatLight</name>
    <message>
        <source>Metronome</source>
        <translation>Métronome</translation>
    </message>
</context><context>
    <name>Confidence</name>
    <message>
        <source>Confidence</source>
        <translation>Certitude</translation>
    </message>
    <message>
        <source>{} percent</source>
        <translation>{} pour cent</translation>
    </message>
    <message>
        <source>How sure the program is of the place: {} %</source>
        <translation>À quel point le programme est sûr de l'endroit : {} %</translation>
    </message>
</context><context>
    <name>ContinueChip</name>
    <message>
        <source>Continue</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>&amp;Continue on page {}</source>
        <translation>&amp;Continuer à la page {}</translation>
    </message>
</context><context>
    <name>ControlWords</name>
    <message>
        <source>Note {} of {}</source>
        <translation>Note {} de {}</translation>
    </message>
    <message>
        <source>Program {} of {}</source>
        <translation>Programme {} de {}</translation>
    </message>
    <message>
        <source>Right pedal of {}</source>
        <translation>Pédale droite de {}</translation>
    </message>
    <message>
        <source>Middle pedal of {}</source>
        <translation>Pédale du milieu de {}</translation>
    </message>
    <message>
        <source>Left pedal of {}</source>
        <translation>Pédale gauche de {}</translation>
    </message>
    <message>
        <source>Controller {} of {}</source>
        <translation>Contrôleur {} de {}</translation>
    </message>
</context><context>
    <name>Covers</name>
    <message>
        <source>today</source>
        <translation>aujourd'hui</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>hier</translation>
    </message>
    <message>
        <source>{} days ago</source>
        <translation>il y a {} jours</translation>
    </message>
    <message>
        <source>no longer there</source>
        <translation>n'est plus là</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>illisible</translation>
    </message>
    <message>
        <source>Bar {}, {}</source>
        <translation>Mesure {}, {}</translation>
    </message>
</context><context>
    <name>CrashHandler</name>
    <message>
        <source>Something went wrong</source>
        <translation>Une erreur s'est produite</translation>
    </message>
    <message>
        <source>Something in livefollow went wrong that should not have. You can play on.</source>
        <translation>Quelque chose s'est mal passé dans livefollow qui n'aurait pas dû. Vous pouvez continuer à jouer.</translation>
    </message>
    <message>
        <source>What happened is written down in
{path}</source>
        <translation>Ce qui s'est passé est consigné dans
{path}</translation>
    </message>
    <message>
        <source>Play On</source>
        <translation>Continuer à jouer</translation>
    </message>
    <message>
        <source>Show Log</source>
        <translation>Voir le journal</translation>
    </message>
</context><context>
    <name>CropCanvas</name>
    <message>
        <source>Part of the page: left and right choose an edge, up and down move it</source>
        <translation>Partie de la page : gauche et droite choisissent un bord, haut et bas le déplacent</translation>
    </message>
</context><context>
    <name>CropDialog</name>
    <message>
        <source>Crop</source>
        <translation>Rogner</translation>
    </message>
    <message>
        <source>Drag the edges around what you want to see.</source>
        <translation>Faites glisser les bords autour de ce que vous voulez voir.</translation>
    </message>
    <message>
        <source>The same on &amp;all pages of this size</source>
        <translation>De même sur &amp;toutes les pages de ce format</translation>
    </message>
    <message>
        <source>The &amp;Whole Page</source>
        <translation>La page &amp;entière</translation>
    </message>
</context><context>
    <name>CursorMenu</name>
    <message>
        <source>Cur&amp;sor</source>
        <translation>Cur&amp;seur</translation>
    </message>
    <message>
        <source>&amp;Glides Along</source>
        <translation>&amp;Glisse le long</translation>
    </message>
    <message>
        <source>Goes from &amp;Note to Note</source>
        <translation>Va de &amp;note en note</translation>
    </message>
</context><context>
    <name>DeviceMenu</name>
    <message>
        <source>System &amp;Default</source>
        <translation>Par &amp;défaut du système</translation>
    </message>
    <message>
        <source>{} (not there)</source>
        <translation>{} (absent)</translation>
    </message>
</context><context>
    <name>Doubts</name>
    <message>
        <source>Two pianists seem to share these pages. Which ones do you play?</source>
        <translation>Deux pianistes semblent se partager ces pages. Lesquelles jouez-vous ?</translation>
    </message>
    <message>
        <source>Left pages (secondo)</source>
        <translation>Pages de gauche (secondo)</translation>
    </message>
    <message>
        <source>Right pages (primo)</source>
        <translation>Pages de droite (primo)</translation>
    </message>
    <message>
        <source>Fix staff detection</source>
        <translation>Corriger la détection des portées</translation>
    </message>
</context><context>
    <name>FilmStatus</name>
    <message>
        <source>The film</source>
        <translation>Le film</translation>
    </message>
    <message>
        <source>Give the film up</source>
        <translation>Abandonner le film</translation>
    </message>
    <message>
        <source>Open Folder</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <source>Hide this</source>
        <translation>Masquer ceci</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>The film is ready</source>
        <translation>Le film est prêt</translation>
    </message>
</context><context>
    <name>Filming</name>
    <message>
        <source>Another film is still being made.</source>
        <translation>Un autre film est encore en cours.</translation>
    </message>
    <message>
        <source>The film is being made; you can play on.</source>
        <translation>Le film est en cours ; vous pouvez continuer à jouer.</translation>
    </message>
    <message>
        <source>The film was given up.</source>
        <translation>Le film a été abandonné.</translation>
    </message>
    <message>
        <source>The film is ready: {}</source>
        <translation>Le film est prêt : {}</translation>
    </message>
    <message>
        <source>The film could not be made. {}</source>
        <translation>Le film n'a pas pu être fait. {}</translation>
    </message>
</context><context>
    <name>Following</name>
    <message>
        <source>Waiting for the first notes</source>
        <translation>Attend les premières notes</translation>
    </message>
    <message>
        <source>Following</source>
        <translation>Suit</translation>
    </message>
    <message>
        <source>Holding</source>
        <translation>Tient</translation>
    </message>
    <message>
        <source>Lost – listening</source>
        <translation>Perdu – écoute</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Unsure where</source>
        <translation>Endroit incertain</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Reading the score</source>
        <translation>Lit la partition</translation>
    </message>
    <message>
        <source>Not listening</source>
        <translation>N'écoute pas</translation>
    </message>
    <message>
        <source>No score</source>
        <translation>Aucune partition</translation>
    </message>
    <message>
        <source>Waiting for you at bar {}</source>
        <translation>Vous attend à la mesure {}</translation>
    </message>
    <message>
        <source>Waiting for you on page {}</source>
        <translation>Vous attend à la page {}</translation>
    </message>
    <message>
        <source>Page {} of {}</source>
        <translation>Page {} sur {}</translation>
    </message>
    <message>
        <source>Bar {} · {}</source>
        <translation>Mesure {} · {}</translation>
    </message>
</context><context>
    <name>FullScreen</name>
    <message>
        <source>F&amp;ull Screen</source>
        <translation>Plein &amp;écran</translation>
    </message>
    <message>
        <source>Leav&amp;e Full Screen</source>
        <translation>Q&amp;uitter le plein écran</translation>
    </message>
</context><context>
    <name>GoMenu</name>
    <message>
        <source>Turn &amp;Forward</source>
        <translation>Tourner en &amp;avant</translation>
    </message>
    <message>
        <source>Turn &amp;Back</source>
        <translation>Tourner en a&amp;rrière</translation>
    </message>
    <message>
        <source>Half a Page For&amp;ward</source>
        <translation>Une demi-page en a&amp;vant</translation>
    </message>
    <message>
        <source>&amp;Undo Turn</source>
        <translation>Annuler la to&amp;urne</translation>
    </message>
    <message>
        <source>To the &amp;Start</source>
        <translation>Au &amp;début</translation>
    </message>
    <message>
        <source>To the First &amp;Note</source>
        <translation>À la première &amp;note</translation>
    </message>
    <message>
        <source>Set as St&amp;art</source>
        <translation>Définir comme dé&amp;but</translation>
    </message>
    <message>
        <source>&amp;Go to Bar …</source>
        <translation>Aller à la &amp;mesure …</translation>
    </message>
    <message>
        <source>T&amp;his Is Bar …</source>
        <translation>C'&amp;est la mesure …</translation>
    </message>
    <message>
        <source>Turn by &amp;Itself</source>
        <translation>Tourner tout &amp;seul</translation>
    </message>
    <message>
        <source>Play &amp;Repeats</source>
        <translation>&amp;Jouer les reprises</translation>
    </message>
</context><context>
    <name>HelpMenu</name>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Touches</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Langue</translation>
    </message>
    <message>
        <source>As the &amp;System</source>
        <translation>Comme le &amp;système</translation>
    </message>
    <message>
        <source>Show L&amp;og</source>
        <translation>Voir le &amp;journal</translation>
    </message>
    <message>
        <source>&amp;About livefollow</source>
        <translation>À &amp;propos de livefollow</translation>
    </message>
    <message>
        <source>Click or tap on the score</source>
        <translation>Cliquer ou toucher la partition</translation>
    </message>
    <message>
        <source>You play on from there</source>
        <translation>Vous continuez à partir de là</translation>
    </message>
    <message>
        <source>Tap at the edge, click beside the page, swipe, wheel</source>
        <translation>Toucher le bord, cliquer à côté de la page, balayer, molette</translation>
    </message>
    <message>
        <source>Turn the page</source>
        <translation>Tourner la page</translation>
    </message>
    <message>
        <source>Wheel with Ctrl, two fingers apart or together</source>
        <translation>Molette avec Ctrl, deux doigts écartés ou rapprochés</translation>
    </message>
    <message>
        <source>Larger or smaller</source>
        <translation>Plus grand ou plus petit</translation>
    </message>
    <message>
        <source>Two fingers over a page larger than the screen</source>
        <translation>Deux doigts sur une page plus grande que l'écran</translation>
    </message>
    <message>
        <source>Move the page</source>
        <translation>Déplacer la page</translation>
    </message>
    <message>
        <source>Drop files</source>
        <translation>Déposer des fichiers</translation>
    </message>
    <message>
        <source>Open a score or a setlist; of several scores, make a setlist</source>
        <translation>Ouvrir une partition ou un programme ; de plusieurs partitions, faire un programme</translation>
    </message>
    <message>
        <source>About livefollow</source>
        <translation>À propos de livefollow</translation>
    </message>
    <message>
        <source>Listens to a pianist, follows in the picture of the score, and turns the page. What it hears and sees stays on this computer. After Henkel, Balke, Dorfer and Widmer: </source>
        <translation>Écoute un pianiste, suit dans l'image de la partition et tourne la page. Ce qu'il entend et voit reste sur cet ordinateur. D'après Henkel, Balke, Dorfer et Widmer : </translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>The language changes when livefollow is started again.</source>
        <translation>La langue change au prochain démarrage de livefollow.</translation>
    </message>
</context><context>
    <name>KeptPages</name>
    <message>
        <source>Delete Kept Pa&amp;ges …</source>
        <translation>Supprimer les pa&amp;ges conservées …</translation>
    </message>
    <message>
        <source>Kept pages</source>
        <translation>Pages conservées</translation>
    </message>
    <message>
        <source>Delete what was read of your scores ({} MB)?</source>
        <translation>Supprimer ce qui a été lu de vos partitions ({} Mo) ?</translation>
    </message>
    <message>
        <source>livefollow keeps what it read of a score, so that it is followed at once when it is opened again. Your corrections, places and settings stay.</source>
        <translation>livefollow conserve ce qu'il a lu d'une partition, pour la suivre aussitôt quand on l'ouvre de nouveau. Vos corrections, endroits et réglages restent.</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Supprimer</translation>
    </message>
    <message>
        <source>Not everything could be deleted: {}</source>
        <translation>Tout n'a pas pu être supprimé : {}</translation>
    </message>
</context><context>
    <name>KeyHelp</name>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
    <message>
        <source>Mouse and Touch</source>
        <translation>Souris et écran tactile</translation>
    </message>
</context><context>
    <name>LevelMeter</name>
    <message>
        <source>Sound level</source>
        <translation>Niveau sonore</translation>
    </message>
    <message>
        <source>How loud the sound input is.</source>
        <translation>À quel point l'entrée sonore est forte.</translation>
    </message>
    <message>
        <source>Too loud: turn the input down.</source>
        <translation>Trop fort : baissez l'entrée.</translation>
    </message>
    <message>
        <source>Nothing is heard.</source>
        <translation>On n'entend rien.</translation>
    </message>
</context><context>
    <name>Library</name>
    <message>
        <source>&amp;Open …</source>
        <translation>&amp;Ouvrir …</translation>
    </message>
    <message>
        <source>Open &amp;Folder …</source>
        <translation>Ouvrir un &amp;dossier …</translation>
    </message>
    <message>
        <source>&amp;Library</source>
        <translation>&amp;Bibliothèque</translation>
    </message>
    <message>
        <source>Fix Staff &amp;Detection …</source>
        <translation>Corri&amp;ger la détection des portées …</translation>
    </message>
    <message>
        <source>Setlist</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Replace the setlist of {} pieces by what was dropped?</source>
        <translation>Remplacer le programme de {} morceaux par ce qui a été déposé ?</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>&amp;Remplacer</translation>
    </message>
    <message>
        <source>&amp;Add to It</source>
        <translation>&amp;Ajouter</translation>
    </message>
    <message>
        <source>The next piece of the setlist opens in a moment.</source>
        <translation>Le prochain morceau du programme s'ouvre dans un instant.</translation>
    </message>
    <message>
        <source>Se&amp;tlist</source>
        <translation>Progra&amp;mme</translation>
    </message>
    <message>
        <source>&amp;Show</source>
        <translation>&amp;Afficher</translation>
    </message>
    <message>
        <source>&amp;Pieces</source>
        <translation>&amp;Morceaux</translation>
    </message>
    <message>
        <source>Next Piece at the &amp;End</source>
        <translation>Morceau suivant à la &amp;fin</translation>
    </message>
    <message>
        <source>{} is in the setlist.</source>
        <translation>{} est dans le programme.</translation>
    </message>
</context><context>
    <name>LibraryPage</name>
    <message>
        <source>Search for a title, composer or tag</source>
        <translation>Chercher un titre, un compositeur ou une étiquette</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Chercher</translation>
    </message>
    <message>
        <source>Which scores</source>
        <translation>Quelles partitions</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Ordre</translation>
    </message>
    <message>
        <source>By composer</source>
        <translation>Par compositeur</translation>
    </message>
    <message>
        <source>By title</source>
        <translation>Par titre</translation>
    </message>
    <message>
        <source>Last practised</source>
        <translation>Travaillées en dernier</translation>
    </message>
    <message>
        <source>Fol&amp;ders</source>
        <translation>Doss&amp;iers</translation>
    </message>
    <message>
        <source>Back to the page</source>
        <translation>Retour à la page</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Partitions</translation>
    </message>
    <message>
        <source>Choose the folder in which your scores lie. They are listed here with their first pages, and new ones appear by themselves.</source>
        <translation>Choisissez le dossier où se trouvent vos partitions. Elles sont montrées ici avec leur première page, et les nouvelles apparaissent d'elles-mêmes.</translation>
    </message>
    <message>
        <source>&amp;Watch a Folder …</source>
        <translation>&amp;Surveiller un dossier …</translation>
    </message>
    <message>
        <source>All scores</source>
        <translation>Toutes les partitions</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>Favorites</translation>
    </message>
    <message>
        <source>Watch a Folder</source>
        <translation>Surveiller un dossier</translation>
    </message>
    <message>
        <source>1 score</source>
        <translation>1 partition</translation>
    </message>
    <message>
        <source>{} scores</source>
        <translation>{} partitions</translation>
    </message>
    <message>
        <source>No Longer Watch {}</source>
        <translation>Ne plus surveiller {}</translation>
    </message>
</context><context>
    <name>LinkBar</name>
    <message>
        <source>Drawing links</source>
        <translation>Tracé de renvois</translation>
    </message>
    <message>
        <source>Click in the bar after which you leave.</source>
        <translation>Cliquez dans la mesure après laquelle vous partez.</translation>
    </message>
    <message>
        <source>Now click in the bar where you go on.</source>
        <translation>Cliquez maintenant dans la mesure où vous continuez.</translation>
    </message>
</context><context>
    <name>LinkMenu</name>
    <message>
        <source>Links: D.C., D.S., &amp;Coda</source>
        <translation>Renvois : D.C., D.S., &amp;Coda</translation>
    </message>
    <message>
        <source>&amp;Draw Links</source>
        <translation>&amp;Tracer des renvois</translation>
    </message>
    <message>
        <source>&amp;Stop Drawing Links</source>
        <translation>&amp;Arrêter le tracé</translation>
    </message>
    <message>
        <source>Esc while you draw</source>
        <translation>Échap pendant le tracé</translation>
    </message>
    <message>
        <source>&amp;Leave Here</source>
        <translation>&amp;Partir d'ici</translation>
    </message>
    <message>
        <source>&amp;Go On Here</source>
        <translation>&amp;Continuer ici</translation>
    </message>
    <message>
        <source>The Piece &amp;Ends Here (Fine)</source>
        <translation>Le morceau &amp;finit ici (Fine)</translation>
    </message>
    <message>
        <source>&amp;How Often the Link Here …</source>
        <translation>Com&amp;bien de fois ce renvoi …</translation>
    </message>
    <message>
        <source>&amp;Remove the Link Here</source>
        <translation>&amp;Supprimer le renvoi ici</translation>
    </message>
    <message>
        <source>&amp;Undo Change of Links</source>
        <translation>Ann&amp;uler le changement de renvois</translation>
    </message>
    <message>
        <source>Links as &amp;Printed</source>
        <translation>Renvois comme &amp;imprimés</translation>
    </message>
</context><context>
    <name>LinkTags</name>
    <message>
        <source>page {}</source>
        <translation>page {}</translation>
    </message>
    <message>
        <source>once</source>
        <translation>une fois</translation>
    </message>
    <message>
        <source>{} times</source>
        <translation>{} fois</translation>
    </message>
    <message>
        <source>every time</source>
        <translation>chaque fois</translation>
    </message>
    <message>
        <source>the last time</source>
        <translation>la dernière fois</translation>
    </message>
    <message>
        <source>only the 1st time</source>
        <translation>seulement la 1re fois</translation>
    </message>
    <message>
        <source>only the 2nd time</source>
        <translation>seulement la 2e fois</translation>
    </message>
    <message>
        <source>only the 3rd time</source>
        <translation>seulement la 3e fois</translation>
    </message>
    <message>
        <source>only the 4th time</source>
        <translation>seulement la 4e fois</translation>
    </message>
    <message>
        <source>only the 5th time</source>
        <translation>seulement la 5e fois</translation>
    </message>
    <message>
        <source>&amp;Go There</source>
        <translation>&amp;Y aller</translation>
    </message>
    <message>
        <source>&amp;Remove This Link</source>
        <translation>&amp;Supprimer ce renvoi</translation>
    </message>
</context><context>
    <name>Looping</name>
    <message>
        <source>Loop from &amp;Here</source>
        <translation>Boucle à partir d'i&amp;ci</translation>
    </message>
    <message>
        <source>Loop &amp;to Here</source>
        <translation>Boucle jus&amp;qu'ici</translation>
    </message>
    <message>
        <source>&amp;End the Loop</source>
        <translation>&amp;Terminer la boucle</translation>
    </message>
    <message>
        <source>Point at a place in the score first.</source>
        <translation>Indiquez d'abord un endroit de la partition.</translation>
    </message>
    <message>
        <source>The loop begins here. Now point at its end, or play to it, and choose “Loop to Here”.</source>
        <translation>La boucle commence ici. Indiquez maintenant sa fin, ou jouez jusque-là, et choisissez « Boucle jusqu'ici ».</translation>
    </message>
    <message>
        <source>Choose the loop's start first.</source>
        <translation>Choisissez d'abord le début de la boucle.</translation>
    </message>
    <message>
        <source>A loop ends after it has begun.</source>
        <translation>Une boucle finit après son début.</translation>
    </message>
    <message>
        <source>A click ends the loop</source>
        <translation>Un clic termine la boucle</translation>
    </message>
    <message>
        <source>The loop begins here</source>
        <translation>La boucle commence ici</translation>
    </message>
    <message>
        <source>Loop, {}</source>
        <translation>Boucle, {}</translation>
    </message>
    <message>
        <source>Loop, bar {}, {}</source>
        <translation>Boucle, mesure {}, {}</translation>
    </message>
    <message>
        <source>Loop, bars {}–{}, {}</source>
        <translation>Boucle, mesures {}–{}, {}</translation>
    </message>
    <message>
        <source>{}st time</source>
        <translation>{}e fois</translation>
    </message>
    <message>
        <source>{}nd time</source>
        <translation>{}e fois</translation>
    </message>
    <message>
        <source>{}rd time</source>
        <translation>{}e fois</translation>
    </message>
    <message>
        <source>{}th time</source>
        <translation>{}e fois</translation>
    </message>
</context><context>
    <name>MainBar</name>
    <message>
        <source>Tool bar</source>
        <translation>Barre d'outils</translation>
    </message>
    <message>
        <source>Tool &amp;Bar</source>
        <translation>&amp;Barre d'outils</translation>
    </message>
</context><context>
    <name>MainWindow</name>
    <message>
        <source>Following a score</source>
        <translation>Suit une partition</translation>
    </message>
    <message>
        <source>Watch the &amp;Demo</source>
        <translation>Regarder la &amp;démonstration</translation>
    </message>
    <message>
        <source>&amp;Close Score</source>
        <translation>&amp;Fermer la partition</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>Opening {} …</source>
        <translation>Ouverture de {} …</translation>
    </message>
    <message>
        <source>{} – livefollow</source>
        <translation>{} – livefollow</translation>
    </message>
    <message>
        <source>Read {} of {} pages</source>
        <translation>{} pages lues sur {}</translation>
    </message>
</context><context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Aller</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>Affic&amp;hage</translation>
    </message>
    <message>
        <source>&amp;Annotate</source>
        <translation>A&amp;nnoter</translation>
    </message>
    <message>
        <source>&amp;Sound</source>
        <translation>&amp;Son</translation>
    </message>
    <message>
        <source>&amp;Practice</source>
        <translation>&amp;Travail</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;ide</translation>
    </message>
</context><context>
    <name>MicrophonePage</name>
    <message>
        <source>Microphone</source>
        <translation>Microphone</translation>
    </message>
    <message>
        <source>Looking for microphones …</source>
        <translation>Recherche de microphones …</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>Conseil</translation>
    </message>
    <message>
        <source>Look &amp;Again</source>
        <translation>Chercher de &amp;nouveau</translation>
    </message>
    <message>
        <source>in use, or not to be opened</source>
        <translation>occupé, ou impossible à ouvrir</translation>
    </message>
    <message>
        <source>System &amp;Default</source>
        <translation>Par &amp;défaut du système</translation>
    </message>
    <message>
        <source>Level of {}</source>
        <translation>Niveau de {}</translation>
    </message>
    <message>
        <source>the system's default</source>
        <translation>l'entrée par défaut du système</translation>
    </message>
    <message>
        <source>There is no microphone. Plug one in, and look again.</source>
        <translation>Il n'y a pas de microphone. Branchez-en un et cherchez de nouveau.</translation>
    </message>
    <message>
        <source>It is too loud: turn the input down in the system's sound settings.</source>
        <translation>C'est trop fort : baissez l'entrée dans les réglages du son du système.</translation>
    </message>
    <message>
        <source>Your microphone hears you. You can close this page and play.</source>
        <translation>Votre microphone vous entend. Vous pouvez fermer cette page et jouer.</translation>
    </message>
    <message>
        <source>{} hears you: choose it.</source>
        <translation>{} vous entend : choisissez-le.</translation>
    </message>
    <message>
        <source>Play some notes: the meter of the microphone that hears you moves.</source>
        <translation>Jouez quelques notes : l'indicateur du microphone qui vous entend bouge.</translation>
    </message>
</context><context>
    <name>NumberEntry</name>
    <message>
        <source>Number</source>
        <translation>Nombre</translation>
    </message>
</context><context>
    <name>Openings</name>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
</context><context>
    <name>Overview</name>
    <message>
        <source>Overview of the piece</source>
        <translation>Vue d'ensemble du morceau</translation>
    </message>
    <message>
        <source>The whole piece: a click goes there. Below, how sure the program was of your place.</source>
        <translation>Le morceau entier : un clic y mène. En dessous, à quel point le programme était sûr de votre endroit.</translation>
    </message>
    <message>
        <source>O&amp;verview</source>
        <translation>&amp;Vue d'ensemble</translation>
    </message>
</context><context>
    <name>OwnStart</name>
    <message>
        <source>Point at a place in the score first.</source>
        <translation>Indiquez d'abord un endroit de la partition.</translation>
    </message>
    <message>
        <source>This score starts here from now on.</source>
        <translation>Cette partition commence désormais ici.</translation>
    </message>
</context><context>
    <name>PageArranger</name>
    <message>
        <source>Arrange Pages</source>
        <translation>Organiser les pages</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>&amp;Earlier</source>
        <translation>Plus &amp;tôt</translation>
    </message>
    <message>
        <source>&amp;Later</source>
        <translation>Plus t&amp;ard</translation>
    </message>
    <message>
        <source>&amp;Hide or Show</source>
        <translation>&amp;Masquer ou montrer</translation>
    </message>
    <message>
        <source>&amp;Rotate</source>
        <translation>T&amp;ourner</translation>
    </message>
    <message>
        <source>&amp;Crop …</source>
        <translation>&amp;Rogner …</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>A&amp;nnuler</translation>
    </message>
    <message>
        <source>As in the &amp;File</source>
        <translation>Comme dans le &amp;fichier</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>masquée</translation>
    </message>
</context><context>
    <name>PageChoice</name>
    <message>
        <source>Go to &amp;Page …</source>
        <translation>Aller à la &amp;page …</translation>
    </message>
    <message>
        <source>To the &amp;Last Page</source>
        <translation>À la dernière pa&amp;ge</translation>
    </message>
    <message>
        <source>Boo&amp;kmark This Page …</source>
        <translation>Mar&amp;quer cette page d'un signet …</translation>
    </message>
    <message>
        <source>Book&amp;marks</source>
        <translation>Signe&amp;ts</translation>
    </message>
    <message>
        <source>The bookmark on page {} is removed.</source>
        <translation>Le signet de la page {} est enlevé.</translation>
    </message>
    <message>
        <source>Bookmark</source>
        <translation>Signet</translation>
    </message>
    <message>
        <source>Name of the bookmark on page {}:</source>
        <translation>Nom du signet de la page {} :</translation>
    </message>
    <message>
        <source>Page {}</source>
        <translation>Page {}</translation>
    </message>
    <message>
        <source>Remove the Boo&amp;kmark Here</source>
        <translation>Enlever le signet mar&amp;qué ici</translation>
    </message>
</context><context>
    <name>PageGrid</name>
    <message>
        <source>Go to Page</source>
        <translation>Aller à la page</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
</context><context>
    <name>PageMenu</name>
    <message>
        <source>Bar {}</source>
        <translation>Mesure {}</translation>
    </message>
    <message>
        <source>T&amp;his Is Bar …</source>
        <translation>C'&amp;est la mesure …</translation>
    </message>
    <message>
        <source>Number the Bars as &amp;Printed</source>
        <translation>Numéroter les mesures comme &amp;imprimé</translation>
    </message>
</context><context>
    <name>PageNotice</name>
    <message>
        <source>Notice</source>
        <translation>Avis</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>Écarter</translation>
    </message>
</context><context>
    <name>PageTurner</name>
    <message>
        <source>The last turn was taken back.</source>
        <translation>La dernière tourne est annulée.</translation>
    </message>
    <message>
        <source>There is no turn to take back.</source>
        <translation>Il n'y a pas de tourne à annuler.</translation>
    </message>
    <message>
        <source>Page {} has not been read yet.</source>
        <translation>La page {} n'a pas encore été lue.</translation>
    </message>
    <message>
        <source>From here: play on when you like.</source>
        <translation>À partir d'ici : jouez quand vous voulez.</translation>
    </message>
</context><context>
    <name>PageView</name>
    <message>
        <source>Score</source>
        <translation>Partition</translation>
    </message>
</context><context>
    <name>Pedals</name>
    <message>
        <source>Pedals and Ke&amp;ys …</source>
        <translation>Péda&amp;les et touches …</translation>
    </message>
    <message>
        <source>Do nothing</source>
        <translation>Ne rien faire</translation>
    </message>
</context><context>
    <name>PedalsPage</name>
    <message>
        <source>Pedals and Keys</source>
        <translation>Pédales et touches</translation>
    </message>
    <message>
        <source>What it shall do</source>
        <translation>Ce qu'elle doit faire</translation>
    </message>
    <message>
        <source>&amp;Assign</source>
        <translation>&amp;Attribuer</translation>
    </message>
    <message>
        <source>Then choose what it shall do.</source>
        <translation>Choisissez ensuite ce qu'elle doit faire.</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>What you have assigned</source>
        <translation>Ce que vous avez attribué</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Enlever</translation>
    </message>
    <message>
        <source>MIDI devices</source>
        <translation>Appareils MIDI</translation>
    </message>
    <message>
        <source>It &amp;shall:</source>
        <translation>Elle &amp;doit :</translation>
    </message>
    <message>
        <source>&amp;Yours, beside the keys that F1 lists:</source>
        <translation>&amp;Les vôtres, en plus des touches que montre F1 :</translation>
    </message>
    <message>
        <source>As &amp;Delivered</source>
        <translation>Comme à l'&amp;origine</translation>
    </message>
    <message>
        <source>{}: {}</source>
        <translation>{} : {}</translation>
    </message>
    <message>
        <source>MIDI: {}</source>
        <translation>MIDI : {}</translation>
    </message>
    <message>
        <source>MIDI: no device is plugged in</source>
        <translation>MIDI : aucun appareil n'est branché</translation>
    </message>
    <message>
        <source>Menus and dialogs need this key: it cannot be assigned.</source>
        <translation>Les menus et les dialogues ont besoin de cette touche : elle ne peut pas être attribuée.</translation>
    </message>
    <message>
        <source>You play with this pedal: it would act each time. Better take the left or middle one.</source>
        <translation>Vous jouez avec cette pédale : elle agirait chaque fois. Prenez plutôt celle de gauche ou du milieu.</translation>
    </message>
    <message>
        <source>Now: {}</source>
        <translation>À présent : {}</translation>
    </message>
    <message>
        <source>Now: nothing</source>
        <translation>À présent : rien</translation>
    </message>
    <message>
        <source>{} was for “{}”; that has it no longer.</source>
        <translation>{} servait à « {} » ; elle n'y sert plus.</translation>
    </message>
    <message>
        <source>{} is assigned.</source>
        <translation>{} est attribuée.</translation>
    </message>
</context><context>
    <name>Practice</name>
    <message>
        <source>Recording</source>
        <translation>Enregistrement</translation>
    </message>
    <message>
        <source>Play the Take</source>
        <translation>Écouter la prise</translation>
    </message>
    <message>
        <source>&amp;Record</source>
        <translation>&amp;Enregistrer</translation>
    </message>
    <message>
        <source>Re&amp;play …</source>
        <translation>&amp;Réécouter …</translation>
    </message>
    <message>
        <source>Play the T&amp;ake</source>
        <translation>Écouter la &amp;prise</translation>
    </message>
    <message>
        <source>Make a &amp;Film of a Recording …</source>
        <translation>Faire un &amp;film d'un enregistrement …</translation>
    </message>
    <message>
        <source>Keep Recordings &amp;in …</source>
        <translation>C&amp;onserver les enregistrements dans …</translation>
    </message>
    <message>
        <source>Open a score first.</source>
        <translation>Ouvrez d'abord une partition.</translation>
    </message>
    <message>
        <source>Recorded: {}</source>
        <translation>Enregistré : {}</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Réécoute</translation>
    </message>
    <message>
        <source>Make a Film of a Recording</source>
        <translation>Faire un film d'un enregistrement</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>Films (*.mp4 *.mkv *.mov)</source>
        <translation>Films (*.mp4 *.mkv *.mov)</translation>
    </message>
    <message>
        <source>Keep Recordings in</source>
        <translation>Conserver les enregistrements dans</translation>
    </message>
    <message>
        <source>Recordings (*.wav)</source>
        <translation>Enregistrements (*.wav)</translation>
    </message>
</context><context>
    <name>PracticeReport</name>
    <message>
        <source>{} seconds</source>
        <translation>{} secondes</translation>
    </message>
    <message>
        <source>1 minute</source>
        <translation>1 minute</translation>
    </message>
    <message>
        <source>{} minutes</source>
        <translation>{} minutes</translation>
    </message>
    <message>
        <source>bar {}: {} times</source>
        <translation>mesure {} : {} fois</translation>
    </message>
    <message>
        <source>bars {}–{}: {} times</source>
        <translation>mesures {}–{} : {} fois</translation>
    </message>
    <message>
        <source>most stops before bar {}</source>
        <translation>le plus d'arrêts avant la mesure {}</translation>
    </message>
    <message>
        <source>most stops in bar {}</source>
        <translation>le plus d'arrêts dans la mesure {}</translation>
    </message>
    <message>
        <source>Bar {}</source>
        <translation>Mesure {}</translation>
    </message>
    <message>
        <source>{}: not played</source>
        <translation>{} : pas jouée</translation>
    </message>
    <message>
        <source>Played once</source>
        <translation>Jouée une fois</translation>
    </message>
    <message>
        <source>Played {} times</source>
        <translation>Jouée {} fois</translation>
    </message>
    <message>
        <source>Followed with doubt: no figures</source>
        <translation>Suivie avec doute : pas de chiffres</translation>
    </message>
    <message>
        <source>1 stop</source>
        <translation>1 arrêt</translation>
    </message>
    <message>
        <source>{} stops</source>
        <translation>{} arrêts</translation>
    </message>
    <message>
        <source>Gone back from here once</source>
        <translation>Revenu d'ici une fois</translation>
    </message>
    <message>
        <source>Gone back from here {} times</source>
        <translation>Revenu d'ici {} fois</translation>
    </message>
    <message>
        <source>♩ = {}</source>
        <translation>♩ = {}</translation>
    </message>
    <message>
        <source>Pra&amp;ctice Report</source>
        <translation>Rapport de trava&amp;il</translation>
    </message>
    <message>
        <source>&amp;Keep Every Session</source>
        <translation>Conserver chaque &amp;séance</translation>
    </message>
    <message>
        <source>For&amp;get Kept Sessions …</source>
        <translation>Ou&amp;blier les séances conservées …</translation>
    </message>
    <message>
        <source>No bar lines have been read: there is nothing to report yet.</source>
        <translation>Aucune barre de mesure n'a été lue : il n'y a encore rien à rapporter.</translation>
    </message>
    <message>
        <source>Play first: the report tells of what was played since the score was opened.</source>
        <translation>Jouez d'abord : le rapport parle de ce qui a été joué depuis l'ouverture de la partition.</translation>
    </message>
    <message>
        <source>This was not recorded: choose Record before you play, to hear it from here.</source>
        <translation>Ceci n'a pas été enregistré : choisissez Enregistrer avant de jouer, pour l'écouter d'ici.</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>Fichiers PDF (*.pdf)</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>Fichiers CSV (*.csv)</translation>
    </message>
    <message>
        <source>Export the Report</source>
        <translation>Exporter le rapport</translation>
    </message>
    <message>
        <source>The report is written: {}</source>
        <translation>Le rapport est écrit : {}</translation>
    </message>
    <message>
        <source>Kept Sessions</source>
        <translation>Séances conservées</translation>
    </message>
    <message>
        <source>Remove the {} sessions that were kept, of all scores?</source>
        <translation>Supprimer les {} séances conservées, de toutes les partitions ?</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Enlever</translation>
    </message>
    <message>
        <source>All kept sessions are removed.</source>
        <translation>Toutes les séances conservées sont supprimées.</translation>
    </message>
</context><context>
    <name>PressField</name>
    <message>
        <source>What was pressed</source>
        <translation>Ce qui a été appuyé</translation>
    </message>
    <message>
        <source>Press a pedal or a key</source>
        <translation>Appuyez sur une pédale ou une touche</translation>
    </message>
    <message>
        <source>{}, {} times</source>
        <translation>{}, {} fois</translation>
    </message>
</context><context>
    <name>RecentMenu</name>
    <message>
        <source>Open &amp;Recent</source>
        <translation>&amp;Récents</translation>
    </message>
    <message>
        <source>{title} (missing)</source>
        <translation>{title} (absent)</translation>
    </message>
    <message>
        <source>No score has been opened yet</source>
        <translation>Aucune partition n'a encore été ouverte</translation>
    </message>
    <message>
        <source>Remove &amp;Missing Ones</source>
        <translation>Enlever les a&amp;bsentes</translation>
    </message>
    <message>
        <source>&amp;Clear List</source>
        <translation>&amp;Vider la liste</translation>
    </message>
</context><context>
    <name>Replaying</name>
    <message>
        <source>Pa&amp;use the Replay</source>
        <translation>Suspendre la réécoute (pa&amp;use)</translation>
    </message>
    <message>
        <source>Replay: 5 s &amp;Back</source>
        <translation>Réécoute : &amp;5 s en arrière</translation>
    </message>
    <message>
        <source>Replay: 5 s F&amp;orward</source>
        <translation>Réécoute : 5 s en a&amp;vant</translation>
    </message>
    <message>
        <source>Replay S&amp;lower</source>
        <translation>Réécoute plus &amp;lente</translation>
    </message>
    <message>
        <source>Replay Fa&amp;ster</source>
        <translation>Réécoute plus rapi&amp;de</translation>
    </message>
    <message>
        <source>Open a score first.</source>
        <translation>Ouvrez d'abord une partition.</translation>
    </message>
    <message>
        <source>A click on the score plays on from there.</source>
        <translation>Un clic sur la partition continue à partir de là.</translation>
    </message>
    <message>
        <source>Nothing was played there in this recording.</source>
        <translation>Rien n'a été joué là dans cet enregistrement.</translation>
    </message>
</context><context>
    <name>ReportDialog</name>
    <message>
        <source>Report a Problem</source>
        <translation>Signaler un problème</translation>
    </message>
    <message>
        <source>This is what livefollow knows about the problem. Nothing of it has been sent. Read it, add what you did and what you expected, and send it to whom you like.</source>
        <translation>Voici ce que livefollow sait du problème. Rien n'en a été envoyé. Lisez-le, ajoutez ce que vous avez fait et ce que vous attendiez, et envoyez-le à qui vous voulez.</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Ce qui s'est passé</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Rapport</translation>
    </message>
    <message>
        <source>C&amp;opy</source>
        <translation>C&amp;opier</translation>
    </message>
    <message>
        <source>&amp;Save …</source>
        <translation>&amp;Enregistrer …</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Copié.</translation>
    </message>
    <message>
        <source>Saved as {}.</source>
        <translation>Enregistré sous {}.</translation>
    </message>
    <message>
        <source>It cannot be saved: {}.</source>
        <translation>Impossible d'enregistrer : {}.</translation>
    </message>
    <message>
        <source>Save the Report</source>
        <translation>Enregistrer le rapport</translation>
    </message>
</context><context>
    <name>ReportPage</name>
    <message>
        <source>Practice report</source>
        <translation>Rapport de travail</translation>
    </message>
    <message>
        <source>&amp;Keep This Session</source>
        <translation>&amp;Conserver cette séance</translation>
    </message>
    <message>
        <source>To compare later sessions with it; it stays on this computer</source>
        <translation>Pour y comparer des séances ultérieures ; cela reste sur cet ordinateur</translation>
    </message>
    <message>
        <source>&amp;PDF …</source>
        <translation>&amp;PDF …</translation>
    </message>
    <message>
        <source>&amp;CSV …</source>
        <translation>&amp;CSV …</translation>
    </message>
    <message>
        <source>Back to the page</source>
        <translation>Retour à la page</translation>
    </message>
    <message>
        <source>What the colours mean</source>
        <translation>Ce que disent les couleurs</translation>
    </message>
    <message>
        <source>Tempo of the bars</source>
        <translation>Tempo des mesures</translation>
    </message>
    <message>
        <source>Minutes by piece and week</source>
        <translation>Minutes par morceau et par semaine</translation>
    </message>
    <message>
        <source>Tempo, ♩ per minute</source>
        <translation>Tempo, ♩ par minute</translation>
    </message>
    <message>
        <source>this time</source>
        <translation>cette fois</translation>
    </message>
    <message>
        <source>the last times</source>
        <translation>les dernières fois</translation>
    </message>
    <message>
        <source>fluent</source>
        <translation>fluide</translation>
    </message>
    <message>
        <source>hesitating</source>
        <translation>hésitant</translation>
    </message>
    <message>
        <source>followed with doubt</source>
        <translation>suivi avec doute</translation>
    </message>
    <message>
        <source>gone back</source>
        <translation>retour en arrière</translation>
    </message>
    <message>
        <source>Minutes, by week</source>
        <translation>Minutes, par semaine</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tout</translation>
    </message>
</context><context>
    <name>Reports</name>
    <message>
        <source>Report a &amp;Problem …</source>
        <translation>Signaler un &amp;problème …</translation>
    </message>
    <message>
        <source>Something went wrong when livefollow was used last: see Help, Report a Problem.</source>
        <translation>Une erreur s'est produite lors de la dernière utilisation de livefollow : voir Aide, Signaler un problème.</translation>
    </message>
</context><context>
    <name>Rewinding</name>
    <message>
        <source>Back to the Start at the En&amp;d</source>
        <translation>Revenir au début à la f&amp;in</translation>
    </message>
    <message>
        <source>Back at the start.</source>
        <translation>De retour au début.</translation>
    </message>
</context><context>
    <name>ScoreCard</name>
    <message>
        <source>exam, sight-reading, …</source>
        <translation>examen, déchiffrage, …</translation>
    </message>
    <message>
        <source>&amp;Favourite</source>
        <translation>&amp;Favorite</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Ouvrir</translation>
    </message>
    <message>
        <source>&amp;Add to the Setlist</source>
        <translation>&amp;Ajouter au programme</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Composer</source>
        <translation>Compositeur</translation>
    </message>
    <message>
        <source>Tags, with commas between</source>
        <translation>Étiquettes, séparées par des virgules</translation>
    </message>
    <message>
        <source>Needs a password</source>
        <translation>Demande un mot de passe</translation>
    </message>
    <message>
        <source>1 page</source>
        <translation>1 page</translation>
    </message>
    <message>
        <source>{} pages</source>
        <translation>{} pages</translation>
    </message>
</context><context>
    <name>ScoreLinks</name>
    <message>
        <source>Leave here. Now the place where you go on.</source>
        <translation>Départ ici. Maintenant l'endroit où vous continuez.</translation>
    </message>
    <message>
        <source>Go on here. Now the place that you come from.</source>
        <translation>Suite ici. Maintenant l'endroit d'où vous venez.</translation>
    </message>
    <message>
        <source>The piece ends here, the last time.</source>
        <translation>Le morceau finit ici, la dernière fois.</translation>
    </message>
    <message>
        <source>The link is removed.</source>
        <translation>Le renvoi est supprimé.</translation>
    </message>
    <message>
        <source>There is no link in this score.</source>
        <translation>Il n'y a pas de renvoi dans cette partition.</translation>
    </message>
    <message>
        <source>Links are as they are printed.</source>
        <translation>Les renvois sont comme imprimés.</translation>
    </message>
    <message>
        <source>There is no change of links to undo.</source>
        <translation>Il n'y a pas de changement de renvois à annuler.</translation>
    </message>
    <message>
        <source>The last change of links is undone.</source>
        <translation>Le dernier changement de renvois est annulé.</translation>
    </message>
    <message>
        <source>Point at a place in the score first.</source>
        <translation>Indiquez d'abord un endroit de la partition.</translation>
    </message>
    <message>
        <source>This link leads to where the music goes on anyway.</source>
        <translation>Ce renvoi mène là où la musique continue de toute façon.</translation>
    </message>
    <message>
        <source>livefollow turns to there in time. Click the mark to set how often.</source>
        <translation>livefollow y tourne à temps. Cliquez sur la marque pour régler combien de fois.</translation>
    </message>
    <message>
        <source>Page {} has not been read yet.</source>
        <translation>La page {} n'a pas encore été lue.</translation>
    </message>
</context><context>
    <name>Session</name>
    <message>
        <source>The recording is over; choose an input in the menu Sound.</source>
        <translation>L'enregistrement est terminé ; choisissez une entrée dans le menu Son.</translation>
    </message>
    <message>
        <source>Held notes seem to be swallowed: switch off the noise suppression in the system's sound settings.</source>
        <translation>Les notes tenues semblent étouffées : désactivez la suppression du bruit dans les réglages du son du système.</translation>
    </message>
</context><context>
    <name>SetlistPanel</name>
    <message>
        <source>Setlist</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Pieces of the setlist</source>
        <translation>Morceaux du programme</translation>
    </message>
    <message>
        <source>Add the scores you are going to play, in their order.</source>
        <translation>Ajoutez les partitions que vous allez jouer, dans leur ordre.</translation>
    </message>
    <message>
        <source>&amp;Next Piece</source>
        <translation>Morceau &amp;suivant</translation>
    </message>
    <message>
        <source>Pre&amp;vious Piece</source>
        <translation>Morceau &amp;précédent</translation>
    </message>
    <message>
        <source>&amp;Open …</source>
        <translation>&amp;Ouvrir …</translation>
    </message>
    <message>
        <source>S&amp;ave …</source>
        <translation>&amp;Enregistrer …</translation>
    </message>
    <message>
        <source>Add …</source>
        <translation>Ajouter …</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Enlever</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Monter</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Descendre</translation>
    </message>
    <message>
        <source>{title} (missing)</source>
        <translation>{title} (absent)</translation>
    </message>
    <message>
        <source>{path} is no longer there; remove it from the setlist.</source>
        <translation>{path} n'est plus là ; enlevez-le du programme.</translation>
    </message>
    <message>
        <source>Add Scores to the Setlist</source>
        <translation>Ajouter des partitions au programme</translation>
    </message>
    <message>
        <source>Open Setlist</source>
        <translation>Ouvrir un programme</translation>
    </message>
    <message>
        <source>Save Setlist</source>
        <translation>Enregistrer le programme</translation>
    </message>
</context><context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>&amp;Turn before the page is over:</source>
        <translation>&amp;Tourner avant la fin de la page :</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Bleu</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Jaune</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Vert</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>Violet</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Gris</translation>
    </message>
    <message>
        <source>Another …</source>
        <translation>Autre …</translation>
    </message>
    <message>
        <source>&amp;Colour of the highlight:</source>
        <translation>&amp;Couleur du repère :</translation>
    </message>
    <message>
        <source>&amp;Strength:</source>
        <translation>&amp;Force :</translation>
    </message>
    <message>
        <source>Seconds before the page is over</source>
        <translation>Secondes avant la fin de la page</translation>
    </message>
    <message>
        <source>Colour of the highlight</source>
        <translation>Couleur du repère</translation>
    </message>
    <message>
        <source>Strength of the highlight, percent</source>
        <translation>Force du repère, pour cent</translation>
    </message>
    <message>
        <source>{:.1f} seconds at your tempo</source>
        <translation>{:.1f} secondes à votre tempo</translation>
    </message>
    <message>
        <source>Colour of the Highlight</source>
        <translation>Couleur du repère</translation>
    </message>
</context><context>
    <name>Sheets</name>
    <message>
        <source>Ro&amp;tate Page</source>
        <translation>Tour&amp;ner la page</translation>
    </message>
    <message>
        <source>&amp;Clockwise</source>
        <translation>Vers la &amp;droite</translation>
    </message>
    <message>
        <source>Counter-Clock&amp;wise</source>
        <translation>Vers la &amp;gauche</translation>
    </message>
    <message>
        <source>&amp;Upside Down</source>
        <translation>Tête en &amp;bas</translation>
    </message>
    <message>
        <source>&amp;All Pages Clockwise</source>
        <translation>Toutes les pages vers la d&amp;roite</translation>
    </message>
    <message>
        <source>All &amp;Pages Counter-Clockwise</source>
        <translation>Toutes les pages vers la ga&amp;uche</translation>
    </message>
    <message>
        <source>All Pages Upside &amp;Down</source>
        <translation>Toutes les pages &amp;tête en bas</translation>
    </message>
    <message>
        <source>M&amp;y Pages</source>
        <translation>&amp;Mes pages</translation>
    </message>
    <message>
        <source>I Play &amp;All Pages</source>
        <translation>Je joue &amp;toutes les pages</translation>
    </message>
    <message>
        <source>I Play the &amp;Left Pages (Secondo)</source>
        <translation>Je joue les pages de &amp;gauche (secondo)</translation>
    </message>
    <message>
        <source>I Play the &amp;Right Pages (Primo)</source>
        <translation>Je joue les pages de &amp;droite (primo)</translation>
    </message>
    <message>
        <source>This cannot be saved ({reason}).</source>
        <translation>Ceci ne peut pas être enregistré ({reason}).</translation>
    </message>
</context><context>
    <name>SoundControls</name>
    <message>
        <source>Performance</source>
        <translation>Performance</translation>
    </message>
    <message>
        <source>&amp;Input</source>
        <translation>&amp;Entrée</translation>
    </message>
    <message>
        <source>&amp;Microphone …</source>
        <translation>&amp;Microphone …</translation>
    </message>
    <message>
        <source>&amp;Tuning</source>
        <translation>&amp;Accord</translation>
    </message>
    <message>
        <source>P&amp;ause Following</source>
        <translation>Suspendre le suivi (pa&amp;use)</translation>
    </message>
    <message>
        <source>&amp;Performance (Delay and CPU)</source>
        <translation>&amp;Performance (délai et processeur)</translation>
    </message>
    <message>
        <source>Listening to {}; Sound, Microphone shows whether it hears you.</source>
        <translation>Écoute {} ; Son, Microphone montre s'il vous entend.</translation>
    </message>
    <message>
        <source> · {} late</source>
        <translation> · {} en retard</translation>
    </message>
    <message>
        <source>{} ms (p99 {}) · {} % CPU</source>
        <translation>{} ms (p99 {}) · {} % du processeur</translation>
    </message>
</context><context>
    <name>Stand</name>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
</context><context>
    <name>StatusBar</name>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Endroit</translation>
    </message>
    <message>
        <source>Menus</source>
        <translation>Menus</translation>
    </message>
</context><context>
    <name>SystemsCanvas</name>
    <message>
        <source>Page with its systems</source>
        <translation>Page avec ses systèmes</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>ignoré</translation>
    </message>
</context><context>
    <name>SystemsEditor</name>
    <message>
        <source>Fix Staff Detection</source>
        <translation>Corriger la détection des portées</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>Page </source>
        <translation>Page </translation>
    </message>
    <message>
        <source> of {count}</source>
        <translation> sur {count}</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Page</translation>
    </message>
    <message>
        <source>Systems of the page</source>
        <translation>Systèmes de la page</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Ajouter</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Enlever</translation>
    </message>
    <message>
        <source>&amp;Skip this system</source>
        <translation>&amp;Ignorer ce système</translation>
    </message>
    <message>
        <source>Staves: </source>
        <translation>Portées : </translation>
    </message>
    <message>
        <source>Number of staves</source>
        <translation>Nombre de portées</translation>
    </message>
    <message>
        <source>As &amp;Detected</source>
        <translation>Comme &amp;détecté</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Annuler</translation>
    </message>
    <message>
        <source>Each box reaches from the highest to the lowest staff line of a system. Drag its edges, or draw a new box around the staves of a system: it takes the staves that are seen in it. Arrow keys move it, with Shift they stretch it. Everything is saved at once.</source>
        <translation>Chaque cadre va de la ligne la plus haute à la plus basse d'un système. Tirez ses bords, ou tracez un nouveau cadre autour des portées d'un système : il prend celles qu'on y voit. Les flèches le déplacent, avec Maj elles l'étirent. Tout est enregistré aussitôt.</translation>
    </message>
    <message>
        <source>The correction cannot be saved ({reason}).</source>
        <translation>La correction ne peut pas être enregistrée ({reason}).</translation>
    </message>
    <message>
        <source>System {number}, skipped</source>
        <translation>Système {number}, ignoré</translation>
    </message>
    <message>
        <source>System {number}</source>
        <translation>Système {number}</translation>
    </message>
</context><context>
    <name>SystemsLoader</name>
    <message>
        <source>This page cannot be shown; the log says more.</source>
        <translation>Cette page ne peut pas être montrée ; le journal en dit plus.</translation>
    </message>
</context><context>
    <name>TempoPage</name>
    <message>
        <source>Tempo and Ladder</source>
        <translation>Tempo et échelle</translation>
    </message>
    <message>
        <source>♩ = {}, as it is printed here</source>
        <translation>♩ = {}, comme il est imprimé ici</translation>
    </message>
    <message>
        <source>No metronome mark can be read here: give the tempo yourself.</source>
        <translation>Aucune indication de métronome n'est lisible ici : donnez vous-même le tempo.</translation>
    </message>
    <message>
        <source>as printed</source>
        <translation>comme imprimé</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>Tempo of the piece, quarter notes a minute</source>
        <translation>Tempo du morceau, noires par minute</translation>
    </message>
    <message>
        <source>&amp;Tempo of the piece (♩):</source>
        <translation>&amp;Tempo du morceau (♩) :</translation>
    </message>
    <message>
        <source>Sound and light</source>
        <translation>Son et lumière</translation>
    </message>
    <message>
        <source>Light only</source>
        <translation>Lumière seulement</translation>
    </message>
    <message>
        <source>A bar before, and while you play</source>
        <translation>Une mesure avant, et pendant que vous jouez</translation>
    </message>
    <message>
        <source>Only a bar before</source>
        <translation>Une mesure avant seulement</translation>
    </message>
    <message>
        <source>Only while you play</source>
        <translation>Seulement pendant que vous jouez</translation>
    </message>
    <message>
        <source>quarter notes</source>
        <translation>noires</translation>
    </message>
    <message>
        <source>&amp;Metronome:</source>
        <translation>&amp;Métronome :</translation>
    </message>
    <message>
        <source>Metronome</source>
        <translation>Métronome</translation>
    </message>
    <message>
        <source>It &amp;beats:</source>
        <translation>Il &amp;bat :</translation>
    </message>
    <message>
        <source>When it beats</source>
        <translation>Quand il bat</translation>
    </message>
    <message>
        <source>&amp;Volume:</source>
        <translation>&amp;Volume :</translation>
    </message>
    <message>
        <source>Volume, percent</source>
        <translation>Volume, pour cent</translation>
    </message>
    <message>
        <source>B&amp;eats in a bar:</source>
        <translation>&amp;Battements par mesure :</translation>
    </message>
    <message>
        <source>Beats in a bar</source>
        <translation>Battements par mesure</translation>
    </message>
    <message>
        <source>A loop goes &amp;up after each pass without a stop</source>
        <translation>Une boucle &amp;monte après chaque passage sans arrêt</translation>
    </message>
    <message>
        <source>&amp;from</source>
        <translation>&amp;de</translation>
    </message>
    <message>
        <source>First tempo of the ladder</source>
        <translation>Premier tempo de l'échelle</translation>
    </message>
    <message>
        <source>t&amp;o</source>
        <translation>&amp;à</translation>
    </message>
    <message>
        <source>Last tempo of the ladder</source>
        <translation>Dernier tempo de l'échelle</translation>
    </message>
    <message>
        <source>&amp;in steps:</source>
        <translation>&amp;en degrés :</translation>
    </message>
    <message>
        <source>Tempi of the ladder</source>
        <translation>Tempos de l'échelle</translation>
    </message>
</context><context>
    <name>TempoPractice</name>
    <message>
        <source>Tempo</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Your tempo, and in brackets the one to be played</source>
        <translation>Votre tempo, et entre parenthèses celui à jouer</translation>
    </message>
    <message>
        <source>&amp;Metronome</source>
        <translation>&amp;Métronome</translation>
    </message>
    <message>
        <source>Tempo an&amp;d Ladder …</source>
        <translation>Tempo et éc&amp;helle …</translation>
    </message>
    <message>
        <source>Sho&amp;w the Tempo</source>
        <translation>&amp;Afficher le tempo</translation>
    </message>
    <message>
        <source>{} of {} at {}</source>
        <translation>{} sur {} à {}</translation>
    </message>
    <message>
        <source>No tempo is known: give one.</source>
        <translation>Aucun tempo n'est connu : donnez-en un.</translation>
    </message>
    <message>
        <source>♩ = {} ({})</source>
        <translation>♩ = {} ({})</translation>
    </message>
    <message>
        <source>♩ = {}</source>
        <translation>♩ = {}</translation>
    </message>
</context><context>
    <name>TextEntry</name>
    <message>
        <source>Text on the page</source>
        <translation>Texte sur la page</translation>
    </message>
</context><context>
    <name>Transport</name>
    <message>
        <source>Replay</source>
        <translation>Réécoute</translation>
    </message>
    <message>
        <source>Pause or play on</source>
        <translation>Suspendre ou reprendre</translation>
    </message>
    <message>
        <source>Place in the recording</source>
        <translation>Endroit dans l'enregistrement</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Temps</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Vitesse</translation>
    </message>
    <message>
        <source>Slower, at the same pitch</source>
        <translation>Plus lent, à la même hauteur</translation>
    </message>
    <message>
        <source>{} %</source>
        <translation>{} %</translation>
    </message>
    <message>
        <source>End the replay</source>
        <translation>Terminer la réécoute</translation>
    </message>
</context><context>
    <name>TuningMenu</name>
    <message>
        <source>&amp;Other …</source>
        <translation>&amp;Autre …</translation>
    </message>
    <message>
        <source>As It &amp;Sounds (A = {} Hz)</source>
        <translation>Comme il &amp;sonne (la = {} Hz)</translation>
    </message>
    <message>
        <source>A = {} Hz</source>
        <translation>La = {} Hz</translation>
    </message>
    <message>
        <source>Tuning</source>
        <translation>Accord</translation>
    </message>
    <message>
        <source>The instrument's A, in Hz:</source>
        <translation>Le la de l'instrument, en Hz :</translation>
    </message>
</context><context>
    <name>ViewMenu</name>
    <message>
        <source>&amp;Layout</source>
        <translation>&amp;Disposition</translation>
    </message>
    <message>
        <source>&amp;Automatic</source>
        <translation>&amp;Automatique</translation>
    </message>
    <message>
        <source>&amp;Half-Turns</source>
        <translation>&amp;Demi-pages</translation>
    </message>
    <message>
        <source>&amp;Two Pages Side by Side</source>
        <translation>Deux pages &amp;côte à côte</translation>
    </message>
    <message>
        <source>&amp;Single Page</source>
        <translation>&amp;Page seule</translation>
    </message>
    <message>
        <source>Fit &amp;Width, by System</source>
        <translation>&amp;Largeur ajustée, par système</translation>
    </message>
    <message>
        <source>La&amp;rger</source>
        <translation>Plus gr&amp;and</translation>
    </message>
    <message>
        <source>S&amp;maller</source>
        <translation>Plus p&amp;etit</translation>
    </message>
    <message>
        <source>&amp;Fit the Window</source>
        <translation>A&amp;juster à la fenêtre</translation>
    </message>
    <message>
        <source>Leave &amp;Out Empty Margins</source>
        <translation>&amp;Omettre les marges vides</translation>
    </message>
    <message>
        <source>Clean Up Photographs a&amp;nd Scans</source>
        <translation>Nettoyer photos et s&amp;cans</translation>
    </message>
    <message>
        <source>&amp;Paper Colour</source>
        <translation>Couleur du &amp;papier</translation>
    </message>
    <message>
        <source>&amp;White</source>
        <translation>&amp;Blanc</translation>
    </message>
    <message>
        <source>&amp;Sepia</source>
        <translation>&amp;Sépia</translation>
    </message>
    <message>
        <source>&amp;Night</source>
        <translation>&amp;Nuit</translation>
    </message>
    <message>
        <source>&amp;Highlight</source>
        <translation>&amp;Repère</translation>
    </message>
    <message>
        <source>&amp;None</source>
        <translation>&amp;Aucun</translation>
    </message>
    <message>
        <source>&amp;Line</source>
        <translation>&amp;Trait</translation>
    </message>
    <message>
        <source>&amp;Box</source>
        <translation>&amp;Cadre</translation>
    </message>
    <message>
        <source>Whole Ba&amp;r</source>
        <translation>&amp;Mesure entière</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>&amp;Système</translation>
    </message>
    <message>
        <source>Next Paper &amp;Colour</source>
        <translation>Cou&amp;leur de papier suivante</translation>
    </message>
    <message>
        <source>Next Kind of Hi&amp;ghlight</source>
        <translation>Sor&amp;te de repère suivante</translation>
    </message>
    <message>
        <source>Sett&amp;ings …</source>
        <translation>Ré&amp;glages …</translation>
    </message>
</context><context>
    <name>Welcome</name>
    <message>
        <source>Put a score on the stand</source>
        <translation>Mettez une partition sur le pupitre</translation>
    </message>
    <message>
        <source>Drop a PDF or photos of the pages here, or open them.
Then play: the page follows you and turns.</source>
        <translation>Déposez ici un PDF ou des photos des pages, ou ouvrez-les.
Puis jouez : la page vous suit et tourne.</translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation>Ce qui s'est mal passé</translation>
    </message>
    <message>
        <source>Scores opened last</source>
        <translation>Partitions ouvertes en dernier</translation>
    </message>
    <message>
        <source>&amp;Open a Score …</source>
        <translation>&amp;Ouvrir une partition …</translation>
    </message>
    <message>
        <source>&amp;Library</source>
        <translation>&amp;Bibliothèque</translation>
    </message>
    <message>
        <source>Watch the &amp;Demo</source>
        <translation>Regarder la &amp;démonstration</translation>
    </message>
    <message>
        <source>A short piece and a recording of it, played by your loudspeakers</source>
        <translation>Un court morceau et son enregistrement, joué par vos haut-parleurs</translation>
    </message>
    <message>
        <source>&amp;Microphone …</source>
        <translation>&amp;Microphone …</translation>
    </message>
    <message>
        <source>Which one hears you, and how loud you are in each</source>
        <translation>Lequel vous entend, et à quel niveau</translation>
    </message>
    <message>
        <source>Play the Setlist ({} Pieces)</source>
        <translation>Jouer le programme ({} morceaux)</translation>
    </message>
    <message>
        <source>Setlist “{}”</source>
        <translation>Programme « {} »</translation>
    </message>
    <message>
        <source>Go on with</source>
        <translation>Reprendre</translation>
    </message>
</context><context>
    <name>WritingBar</name>
    <message>
        <source>Tools for writing</source>
        <translation>Outils d'écriture</translation>
    </message>
</context><context>
    <name>choosing</name>
    <message>
        <source>Scores</source>
        <translation>Partitions</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Tous les fichiers</translation>
    </message>
    <message>
        <source>Setlists</source>
        <translation>Programmes</translation>
    </message>
    <message>
        <source>Open Score</source>
        <translation>Ouvrir une partition</translation>
    </message>
    <message>
        <source>Open a Folder of Page Images</source>
        <translation>Ouvrir un dossier d'images de pages</translation>
    </message>
</context><context>
    <name>sentences</name>
    <message>
        <source>there is no sound input number {number}, only {names}</source>
        <translation>il n'y a pas d'entrée sonore numéro {number}, seulement {names}</translation>
    </message>
    <message>
        <source>several sound inputs are named like {name}: {names}. Give more of the name, or the number.</source>
        <translation>plusieurs entrées sonores s'appellent comme {name} : {names}. Donnez une plus grande partie du nom, ou le numéro.</translation>
    </message>
    <message>
        <source>there is no sound input; plug in a microphone and try again</source>
        <translation>il n'y a pas d'entrée sonore ; branchez un microphone et réessayez</translation>
    </message>
    <message>
        <source>no sound input is named like {name}, only {names}</source>
        <translation>aucune entrée sonore ne s'appelle comme {name}, seulement {names}</translation>
    </message>
    <message>
        <source>sound input needs the PortAudio library ({reason}); install the package libportaudio2</source>
        <translation>l'entrée sonore a besoin de la bibliothèque PortAudio ({reason}) ; installez le paquet libportaudio2</translation>
    </message>
    <message>
        <source>PortAudio does not start: {reason}</source>
        <translation>PortAudio ne démarre pas : {reason}</translation>
    </message>
    <message>
        <source>the sound inputs cannot be listed: {reason}</source>
        <translation>les entrées sonores ne peuvent pas être énumérées : {reason}</translation>
    </message>
    <message>
        <source>no sound input can be looked for while a recording is played; wait for its end</source>
        <translation>on ne peut pas chercher d'entrée sonore pendant qu'un enregistrement est joué ; attendez sa fin</translation>
    </message>
    <message>
        <source>PortAudio does not start again: {reason}</source>
        <translation>PortAudio ne redémarre pas : {reason}</translation>
    </message>
    <message>
        <source>there is no file {name}</source>
        <translation>il n'y a pas de fichier {name}</translation>
    </message>
    <message>
        <source>{name} is a folder, not a recording.</source>
        <translation>{name} est un dossier, pas un enregistrement.</translation>
    </message>
    <message>
        <source>{name} is no ordinary file; livefollow reads WAV, FLAC, OGG and MP3 files.</source>
        <translation>{name} n'est pas un fichier ordinaire ; livefollow lit des fichiers WAV, FLAC, OGG et MP3.</translation>
    </message>
    <message>
        <source>{name} holds no sound.</source>
        <translation>{name} ne contient pas de son.</translation>
    </message>
    <message>
        <source>{name} is empty.</source>
        <translation>{name} est vide.</translation>
    </message>
    <message>
        <source>{name} cannot be read as sound (WAV, FLAC, OGG or MP3): {reason}.</source>
        <translation>{name} n'est pas lisible comme son (WAV, FLAC, OGG ou MP3) : {reason}.</translation>
    </message>
    <message>
        <source>{name} cannot be used: {reason}</source>
        <translation>{name} est inutilisable : {reason}</translation>
    </message>
    <message>
        <source>{name} is damaged after {seconds} s and ends there</source>
        <translation>{name} est endommagé après {seconds} s et finit là</translation>
    </message>
    <message>
        <source>{name} is damaged from its first sample on: {reason}</source>
        <translation>{name} est endommagé dès le premier échantillon : {reason}</translation>
    </message>
    <message>
        <source>the metronome cannot be heard ({reason}); its light goes on</source>
        <translation>le métronome ne peut pas être entendu ({reason}) ; sa lumière continue</translation>
    </message>
    <message>
        <source>the microphone sends digital silence: is it muted?</source>
        <translation>le microphone envoie un silence numérique : est-il coupé ?</translation>
    </message>
    <message>
        <source>{name} is not there: listening to {other}</source>
        <translation>{name} n'est pas là : écoute {other}</translation>
    </message>
    <message>
        <source>the microphone sends nothing any more; waiting for {name}</source>
        <translation>le microphone n'envoie plus rien ; attend {name}</translation>
    </message>
    <message>
        <source>its driver still hangs, and PortAudio would hang with it</source>
        <translation>son pilote est encore bloqué, et PortAudio se bloquerait avec lui</translation>
    </message>
    <message>
        <source>it is not there</source>
        <translation>il n'est pas là</translation>
    </message>
    <message>
        <source>{name} does not open: {reason}</source>
        <translation>{name} ne s'ouvre pas : {reason}</translation>
    </message>
    <message>
        <source>MIDI pedals and keyboards need the extra “midi” of livefollow, which is not installed.</source>
        <translation>Les pédales et claviers MIDI demandent l'extra « midi » de livefollow, qui n'est pas installé.</translation>
    </message>
    <message>
        <source>this system has no MIDI: {reason}</source>
        <translation>ce système n'a pas de MIDI : {reason}</translation>
    </message>
    <message>
        <source>the channels cancel each other out, as a balanced microphone's do in a stereo input: their difference is heard</source>
        <translation>les canaux s'annulent, comme ceux d'un microphone symétrique dans une entrée stéréo : c'est leur différence qui est entendue</translation>
    </message>
    <message>
        <source>The agent {name} of {folder} is of the kind {kind}, not {kinds}.</source>
        <translation>L'agent {name} de {folder} est de la sorte {kind}, pas {kinds}.</translation>
    </message>
    <message>
        <source>{name} shows no staff systems: there is nothing to follow.</source>
        <translation>{name} ne montre aucun système de portées : il n'y a rien à suivre.</translation>
    </message>
    <message>
        <source>No note could be read in {name}, though it has staves: there is nothing to follow.</source>
        <translation>Aucune note n'a pu être lue dans {name}, qui a pourtant des portées : il n'y a rien à suivre.</translation>
    </message>
    <message>
        <source>The agent {name} of {folder} does not say which network is its {part}.</source>
        <translation>L'agent {name} de {folder} ne dit pas quel réseau est son {part}.</translation>
    </message>
    <message>
        <source>No note could be read in {name}: there is nowhere to begin.</source>
        <translation>Aucune note n'a pu être lue dans {name} : il n'y a nulle part où commencer.</translation>
    </message>
    <message>
        <source>The track has no rows.</source>
        <translation>La trace n'a pas de lignes.</translation>
    </message>
    <message>
        <source>time_s falls after row {row}; rows must be in order of time.</source>
        <translation>time_s diminue après la ligne {row} ; les lignes doivent être dans l'ordre du temps.</translation>
    </message>
    <message>
        <source>Pages and systems count from 1.</source>
        <translation>Les pages et les systèmes se comptent à partir de 1.</translation>
    </message>
    <message>
        <source>The state {state} is none of {states}.</source>
        <translation>L'état {state} n'est aucun de {states}.</translation>
    </message>
    <message>
        <source>{name}: {reason}</source>
        <translation>{name} : {reason}</translation>
    </message>
    <message>
        <source>The track has {count} times, but {column} has the shape {shape}.</source>
        <translation>La trace a {count} temps, mais {column} a la forme {shape}.</translation>
    </message>
    <message>
        <source>{column} of row {row} is not a finite number.</source>
        <translation>{column} de la ligne {row} n'est pas un nombre fini.</translation>
    </message>
    <message>
        <source>{name} cannot be written: {reason}.</source>
        <translation>{name} ne peut pas être écrit : {reason}.</translation>
    </message>
    <message>
        <source>There is no file or folder {name} to take networks from.</source>
        <translation>Il n'y a pas de fichier ou de dossier {name} d'où prendre des réseaux.</translation>
    </message>
    <message>
        <source>{name} has neither a manifest.json nor .onnx files in it.</source>
        <translation>{name} ne contient ni manifest.json ni fichiers .onnx.</translation>
    </message>
    <message>
        <source>There are no networks to follow with: {name} is missing; install livefollow anew.</source>
        <translation>Il n'y a pas de réseaux pour suivre : {name} manque ; réinstallez livefollow.</translation>
    </message>
    <message>
        <source>There is no agent {name}; in {folder} there are: {names}.</source>
        <translation>Il n'y a pas d'agent {name} ; dans {folder} il y a : {names}.</translation>
    </message>
    <message>
        <source>There is no network {name} in {folder}, which an agent there needs.</source>
        <translation>Il n'y a pas de réseau {name} dans {folder}, dont un agent a besoin là.</translation>
    </message>
    <message>
        <source>{name} must be called after the network it replaces: {names}.</source>
        <translation>{name} doit porter le nom du réseau qu'il remplace : {names}.</translation>
    </message>
    <message>
        <source>{name} is no list of networks and agents ({kind}: {reason}).</source>
        <translation>{name} n'est pas une liste de réseaux et d'agents ({kind} : {reason}).</translation>
    </message>
    <message>
        <source>{name} is a {kind}, where a {wanted} is needed.</source>
        <translation>{name} est un {kind}, là où il faut un {wanted}.</translation>
    </message>
    <message>
        <source>{name} is not the network that came with livefollow: install livefollow again.</source>
        <translation>{name} n'est pas le réseau fourni avec livefollow : réinstallez livefollow.</translation>
    </message>
    <message>
        <source>ONNX Runtime, which runs the networks, is broken: install livefollow anew.</source>
        <translation>ONNX Runtime, qui fait tourner les réseaux, est abîmé : réinstallez livefollow.</translation>
    </message>
    <message>
        <source>CUDA cannot be used: {reason}; start livefollow without asking for it.</source>
        <translation>CUDA est inutilisable : {reason} ; démarrez livefollow sans le demander.</translation>
    </message>
    <message>
        <source>{name} does not say its {missing}: it was not exported by livefollow.</source>
        <translation>{name} ne dit pas son {missing} : il n'a pas été exporté par livefollow.</translation>
    </message>
    <message>
        <source>{name} is a {other}, where a {kind} is needed.</source>
        <translation>{name} est un {other}, là où il faut un {kind}.</translation>
    </message>
    <message>
        <source>{name} was made for other numbers than this livefollow's: {told}.</source>
        <translation>{name} a été fait pour d'autres nombres que ceux de ce livefollow : {told}.</translation>
    </message>
    <message>
        <source>{name} does not have the inputs and outputs of a {kind}: it takes {inputs} and gives {outputs}.</source>
        <translation>{name} n'a pas les entrées et sorties d'un {kind} : il prend {inputs} et donne {outputs}.</translation>
    </message>
    <message>
        <source>{name} is larger than any network of livefollow ({size} MiB).</source>
        <translation>{name} est plus grand que tout réseau de livefollow ({size} Mio).</translation>
    </message>
    <message>
        <source>The network {name} cannot be read: {reason}.</source>
        <translation>Le réseau {name} est illisible : {reason}.</translation>
    </message>
    <message>
        <source>ONNX Runtime, which runs the networks, is not installed: install livefollow anew.</source>
        <translation>ONNX Runtime, qui fait tourner les réseaux, n'est pas installé : réinstallez livefollow.</translation>
    </message>
    <message>
        <source>{name} is no network that can be run: {reason}.</source>
        <translation>{name} n'est pas un réseau qu'on puisse faire tourner : {reason}.</translation>
    </message>
    <message>
        <source>{name} does not say its constants as JSON: it was not exported by livefollow.</source>
        <translation>{name} ne dit pas ses constantes en JSON : il n'a pas été exporté par livefollow.</translation>
    </message>
    <message>
        <source>{name} takes {input} of {given}, where a {kind} takes {sides}.</source>
        <translation>{name} prend {input} de {given}, là où un {kind} prend {sides}.</translation>
    </message>
    <message>
        <source>{name} cannot be run: {reason}.</source>
        <translation>{name} ne peut pas tourner : {reason}.</translation>
    </message>
    <message>
        <source>{name} is the score itself; choose another name for the copy.</source>
        <translation>{name} est la partition elle-même ; choisissez un autre nom pour la copie.</translation>
    </message>
    <message>
        <source>{name} cannot be written ({reason}).</source>
        <translation>{name} ne peut pas être écrit ({reason}).</translation>
    </message>
    <message>
        <source>The page reader does not start; install livefollow anew.</source>
        <translation>Le lecteur de pages ne démarre pas ; réinstallez livefollow.</translation>
    </message>
    <message>
        <source>{name} is too damaged or too large to be copied.</source>
        <translation>{name} est trop endommagé ou trop grand pour être copié.</translation>
    </message>
    <message>
        <source>What was written on this score could not be read; it is kept as {kept}.</source>
        <translation>Ce qui a été écrit sur cette partition est illisible ; c'est conservé comme {kept}.</translation>
    </message>
    <message>
        <source>What you have written cannot be saved in {name} ({reason}); it is lost when livefollow is closed.</source>
        <translation>Ce que vous avez écrit ne peut pas être enregistré dans {name} ({reason}) ; c'est perdu quand livefollow est fermé.</translation>
    </message>
    <message>
        <source>A system needs at least one staff with a width and a height.</source>
        <translation>Un système a besoin d'au moins une portée avec une largeur et une hauteur.</translation>
    </message>
    <message>
        <source>A system needs a width and a height: drag a larger box.</source>
        <translation>Un système a besoin d'une largeur et d'une hauteur : tracez un cadre plus grand.</translation>
    </message>
    <message>
        <source>{name} is encrypted.</source>
        <translation>{name} est chiffré.</translation>
    </message>
    <message>
        <source>{name} cannot be read as a score.</source>
        <translation>{name} n'est pas lisible comme partition.</translation>
    </message>
    <message>
        <source>Page {number} cannot be read; a grey page stands in its place.</source>
        <translation>La page {number} est illisible ; une page grise est à sa place.</translation>
    </message>
    <message>
        <source>{name} is too damaged or too large to be opened; try a freshly exported copy.</source>
        <translation>{name} est trop endommagé ou trop grand pour être ouvert ; essayez une copie fraîchement exportée.</translation>
    </message>
    <message>
        <source>{name} is encrypted; give its password.</source>
        <translation>{name} est chiffré ; donnez son mot de passe.</translation>
    </message>
    <message>
        <source>The password of {name} is wrong; try another.</source>
        <translation>Le mot de passe de {name} est faux ; essayez-en un autre.</translation>
    </message>
    <message>
        <source>{name} is damaged beyond repair, or no PDF at all; try another copy.</source>
        <translation>{name} est irrémédiablement endommagé, ou n'est pas un PDF ; essayez une autre copie.</translation>
    </message>
    <message>
        <source>{name} has no pages, or lost them to damage; try another copy.</source>
        <translation>{name} n'a pas de pages, ou les a perdues par un dommage ; essayez une autre copie.</translation>
    </message>
    <message>
        <source>{name} has more than {count} pages; take out those you play from.</source>
        <translation>{name} a plus de {count} pages ; extrayez celles dont vous jouez.</translation>
    </message>
    <message>
        <source>Page {number} is too large; save it at a lower resolution. A grey page stands in its place.</source>
        <translation>La page {number} est trop grande ; enregistrez-la avec une résolution plus faible. Une page grise est à sa place.</translation>
    </message>
    <message>
        <source>{name} is damaged; some of its music may be missing.</source>
        <translation>{name} est endommagé ; il peut manquer de la musique.</translation>
    </message>
    <message>
        <source>{name} is a damaged picture, or has not the shape of a page; try another copy.</source>
        <translation>{name} est une image endommagée ou n'a pas la forme d'une page ; essayez une autre copie.</translation>
    </message>
    <message>
        <source>{name} is closed.</source>
        <translation>{name} est fermé.</translation>
    </message>
    <message>
        <source>{name} is left out: livefollow cannot read it; save it as JPEG.</source>
        <translation>{name} est laissé de côté : livefollow ne peut pas le lire ; enregistrez-le en JPEG.</translation>
    </message>
    <message>
        <source>Page {number} cannot be shown; a grey page stands in its place.</source>
        <translation>La page {number} ne peut pas être montrée ; une page grise est à sa place.</translation>
    </message>
    <message>
        <source>Page {number} is more than {length} points long; a grey page stands in its place.</source>
        <translation>La page {number} mesure plus de {length} points ; une page grise est à sa place.</translation>
    </message>
    <message>
        <source>{names} are left out: livefollow cannot read them; save them as JPEG.</source>
        <translation>{names} sont laissés de côté : livefollow ne peut pas les lire ; enregistrez-les en JPEG.</translation>
    </message>
    <message>
        <source>no staff systems were found</source>
        <translation>aucun système de portées n'a été trouvé</translation>
    </message>
    <message>
        <source>systems seem to be taken for one</source>
        <translation>des systèmes semblent pris pour un seul</translation>
    </message>
    <message>
        <source>a single staff stands alone</source>
        <translation>une portée est seule</translation>
    </message>
    <message>
        <source>systems overlap</source>
        <translation>des systèmes se chevauchent</translation>
    </message>
    <message>
        <source>a system is much larger or smaller than the others</source>
        <translation>un système est bien plus grand ou plus petit que les autres</translation>
    </message>
    <message>
        <source>a system is much wider or narrower than the others</source>
        <translation>un système est bien plus large ou plus étroit que les autres</translation>
    </message>
    <message>
        <source>there seem to be more staves</source>
        <translation>il semble y avoir plus de portées</translation>
    </message>
    <message>
        <source>Page {number} looks misread ({doubt}). Fix staff detection shows and corrects what was seen.</source>
        <translation>La page {number} semble mal lue ({doubt}). Corriger la détection des portées montre et corrige ce qui a été vu.</translation>
    </message>
    <message>
        <source>{name} is no score that can be opened; livefollow reads PDF, PNG, JPEG, TIFF and WebP files.</source>
        <translation>{name} n'est pas une partition qu'on puisse ouvrir ; livefollow lit des fichiers PDF, PNG, JPEG, TIFF et WebP.</translation>
    </message>
    <message>
        <source>The folder {name} has no PDF, PNG, JPEG, TIFF or WebP files; choose a file or another folder.</source>
        <translation>Le dossier {name} n'a pas de fichiers PDF, PNG, JPEG, TIFF ou WebP ; choisissez un fichier ou un autre dossier.</translation>
    </message>
    <message>
        <source>The folder {name} has more than {count} files; choose one with a single score.</source>
        <translation>Le dossier {name} a plus de {count} fichiers ; choisissez-en un avec une seule partition.</translation>
    </message>
    <message>
        <source>{name} is empty; try another copy.</source>
        <translation>{name} est vide ; essayez une autre copie.</translation>
    </message>
    <message>
        <source>{name} is larger than {size} MB; save it smaller, or as several files.</source>
        <translation>{name} dépasse {size} Mo ; enregistrez-le plus petit, ou en plusieurs fichiers.</translation>
    </message>
    <message>
        <source>{name} is a HEIC photo; save it as JPEG.</source>
        <translation>{name} est une photo HEIC ; enregistrez-la en JPEG.</translation>
    </message>
    <message>
        <source>livefollow cannot read the pictures in the folder {name}, such as {picture}; save them as JPEG.</source>
        <translation>livefollow ne peut pas lire les images du dossier {name}, comme {picture} ; enregistrez-les en JPEG.</translation>
    </message>
    <message>
        <source>{name} cannot be read ({reason}); check its permissions.</source>
        <translation>{name} est illisible ({reason}) ; vérifiez ses droits d'accès.</translation>
    </message>
    <message>
        <source>{name} is no ordinary file; livefollow reads PDF, PNG, JPEG, TIFF and WebP files.</source>
        <translation>{name} n'est pas un fichier ordinaire ; livefollow lit des fichiers PDF, PNG, JPEG, TIFF et WebP.</translation>
    </message>
    <message>
        <source>{name} does not exist; check the name and the folder.</source>
        <translation>{name} n'existe pas ; vérifiez le nom et le dossier.</translation>
    </message>
    <message>
        <source>{name} may not be read; check its permissions.</source>
        <translation>{name} ne peut pas être lu ; vérifiez ses droits d'accès.</translation>
    </message>
    <message>
        <source>{name} cannot be read ({reason}).</source>
        <translation>{name} est illisible ({reason}).</translation>
    </message>
    <message>
        <source>{name} can no longer be read ({reason}).</source>
        <translation>{name} n'est plus lisible ({reason}).</translation>
    </message>
    <message>
        <source>{name} is empty; it must start with the names of its columns.</source>
        <translation>{name} est vide ; il doit commencer par les noms de ses colonnes.</translation>
    </message>
    <message>
        <source>{name} lacks the columns {names}.</source>
        <translation>Il manque à {name} les colonnes {names}.</translation>
    </message>
    <message>
        <source>{name}: {column} of row {row} is {cell}; pages and systems count from 1.</source>
        <translation>{name} : {column} de la ligne {row} est {cell} ; les pages et les systèmes se comptent à partir de 1.</translation>
    </message>
    <message>
        <source>{name} cannot be read as CSV: {reason}.</source>
        <translation>{name} n'est pas lisible comme CSV : {reason}.</translation>
    </message>
    <message>
        <source>{name}: row {row} has {count} cells instead of {needed}.</source>
        <translation>{name} : la ligne {row} a {count} cellules au lieu de {needed}.</translation>
    </message>
    <message>
        <source>{name}: {column} of row {row} is {cell}, not a finite number.</source>
        <translation>{name} : {column} de la ligne {row} est {cell}, pas un nombre fini.</translation>
    </message>
    <message>
        <source>The copy was given up.</source>
        <translation>La copie a été abandonnée.</translation>
    </message>
    <message>
        <source>The library {name} cannot be used ({reason}); what changes in it is lost when livefollow is closed.</source>
        <translation>La bibliothèque {name} est inutilisable ({reason}) ; ce qui y change est perdu quand livefollow est fermé.</translation>
    </message>
    <message>
        <source>The library {name} could not be read ({reason}); it is kept as {kept}, and a new one is begun.</source>
        <translation>La bibliothèque {name} est illisible ({reason}) ; elle est conservée comme {kept}, et une nouvelle est commencée.</translation>
    </message>
    <message>
        <source>The library cannot be written: {reason}</source>
        <translation>La bibliothèque ne peut pas être écrite : {reason}</translation>
    </message>
    <message>
        <source>{name} is no setlist; it needs the path of a score on each line.</source>
        <translation>{name} n'est pas un programme ; il faut le chemin d'une partition sur chaque ligne.</translation>
    </message>
    <message>
        <source>{name} names more than {count} scores; make two setlists of it.</source>
        <translation>{name} nomme plus de {count} partitions ; faites-en deux programmes.</translation>
    </message>
    <message>
        <source>{name} is too large for a setlist; it is a text file with a path on each line.</source>
        <translation>{name} est trop grand pour un programme ; c'est un fichier texte avec un chemin sur chaque ligne.</translation>
    </message>
    <message>
        <source>{name} cannot be read ({reason}); check the name and the folder.</source>
        <translation>{name} est illisible ({reason}) ; vérifiez le nom et le dossier.</translation>
    </message>
    <message>
        <source>The name of {name} has a line break in it; rename the file.</source>
        <translation>Le nom de {name} contient un saut de ligne ; renommez le fichier.</translation>
    </message>
    <message>
        <source>{name} cannot be written ({reason}); choose another folder.</source>
        <translation>{name} ne peut pas être écrit ({reason}) ; choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>{name} has no positions beside it: there is no {other}.</source>
        <translation>{name} n'a pas de positions à côté de lui : il n'y a pas de {other}.</translation>
    </message>
    <message>
        <source>{name} was played from another score: open that one first.</source>
        <translation>{name} a été joué d'une autre partition : ouvrez d'abord celle-là.</translation>
    </message>
    <message>
        <source>The positions beside {name} cannot be read: {reason}</source>
        <translation>Les positions à côté de {name} sont illisibles : {reason}</translation>
    </message>
    <message>
        <source>{name} cannot be written to ({reason}).</source>
        <translation>On ne peut pas écrire dans {name} ({reason}).</translation>
    </message>
    <message>
        <source>The recording has ended: it cannot be written any more ({reason}).</source>
        <translation>L'enregistrement est terminé : on ne peut plus l'écrire ({reason}).</translation>
    </message>
    <message>
        <source>The disk is too slow: the recording has ended.</source>
        <translation>Le disque est trop lent : l'enregistrement est terminé.</translation>
    </message>
    <message>
        <source>{name} cannot be written; choose another folder.</source>
        <translation>{name} ne peut pas être écrit ; choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>The session cannot be kept: {reason}</source>
        <translation>La séance ne peut pas être conservée : {reason}</translation>
    </message>
    <message>
        <source>This cannot be written ({reason}).</source>
        <translation>Ceci ne peut pas être écrit ({reason}).</translation>
    </message>
    <message>
        <source>Something went wrong inside ({reason}); the log says more.</source>
        <translation>Quelque chose s'est mal passé à l'intérieur ({reason}) ; le journal en dit plus.</translation>
    </message>
    <message>
        <source>{name} could not be read ({reason}); it is kept as {kept}.</source>
        <translation>{name} est illisible ({reason}) ; il est conservé comme {kept}.</translation>
    </message>
    <message>
        <source>{name} cannot be written ({reason}); what was changed is lost when livefollow is closed.</source>
        <translation>{name} ne peut pas être écrit ({reason}) ; ce qui a changé est perdu quand livefollow est fermé.</translation>
    </message>
    <message>
        <source>{name} could not be read ({reason}), nor kept aside ({error}).</source>
        <translation>{name} est illisible ({reason}), et n'a pas pu être mis de côté ({error}).</translation>
    </message>
</context></TS>
