"""Everyday words that are no command, for a recogniser to hear in place of the phrase that they sound a little like.

What a closed grammar does not hold is pressed into the phrases that it does hold: "chief" into "stiff", "long" into
"no". ``hearing.assembly`` puts these words beside the phrases of a script.
"""

from __future__ import annotations

from collections.abc import Iterable

from voicecoach.words.sounds import sounds, within_one

EVERYDAY = dict(
    pair.split("=")
    for pair in """
        able=Abul abnormally=abnormulE about=ubWt above=ubuv account=ukWnt across=ukros actual=akCuwul
        actually=akCUulE afraid=ufrAd after=aftur afternoon=afturnUn again=ugen against=ugenst age=Aj ago=ugO air=er
        all=ol allowed=ulWd almost=olmOst alone=ulOn along=uloN already=olredE also=olsO although=olTO
        altogether=oltugeTur always=olwAz am=am america=umeruku american=umerukun among=umuN amount=umWnt an=an
        and=und anger=aNgur angry=aNgrE another=unuTur answer=ansur any=enE anybody=enEbudE anyone=enEwun
        anything=enETiN apart=uport apparently=uperuntlE appear=upir appearance=upiruns april=Aprul arch=orC are=or
        arm=orm around=urWnd art=ort as=az ask=ask asked=askt at=at ate=At attack=utak attention=utenSun aunt=ant
        australia=ostrAlyu author=oTur away=uwA back=bak bad=bad badly=badlE ball=bol band=band bank=baNk
        bathroom=baTrUm be=bE beach=bEC bear=ber beat=bEt beautiful=byUtuful beauty=byUtE became=bikAm because=bikoz
        become=bikum bed=bed been=bin before=bifor began=bigan begin=bigin beginning=biginiN behind=bihInd
        being=bEiN believe=bilEv below=bilO best=best better=betur between=bitwEn beyond=biond big=big bill=bil
        billy=bilE bird=burd biscuit=biskut bit=bit black=blak blue=blU board=bord boat=bOt bob=bob body=bodE
        bold=bOld book=buk boots=bUts both=bOT bow=bW bows=bWz boxing=boksiN boy=bJ bread=bred break=brAk
        breakfast=brekfust bridge=brij broken=brOkun brother=bruTur brought=brot brown=brWn bus=bus business=biznus
        busy=bizE but=but buy=bI by=bI cabbage=kabuj cake=kAk call=kol called=kold came=kAm can=kan canada=kanudu
        cannot=kanot cap=kap car=kor care=ker carried=karEd carrot=karut case=kAs cat=kat caught=kot cause=koz
        causes=kozuz certain=surtun certainly=surtunlE chance=Cans change=CAnj chapter=Captur character=keriktur
        check=Cek cheese=CEz child=CIld children=Cildrun china=CInu choice=CJs choose=CUz church=CurC city=sitE
        class=klas clean=klEn clear=klir clever=klevur close=klOs closed=klOzd cloth=kloT coat=kOt college=kolij
        colored=kulurd come=kum comes=kumz comfortable=kumfurtubul coming=kumiN common=komun condition=kundiSun
        consequence=konsukwuns considerable=kunsidurubul considerably=kunsidurublE consideration=kunsidurASun
        considered=kunsidurd constantly=konstuntlE contained=kuntAnd continue=kuntinyU control=kuntrOl cool=kUl
        corn=korn could=kud country=kuntrE course=kors court=kort cover=kuvur cow=kW creature=krECur cross=kros
        cup=kup dark=dork date=dAt david=dAvid day=dA days=dAz dead=ded deal=dEl dear=dir death=deT declared=diklerd
        depends=dipendz did=did difference=difuruns different=difurunt difficult=difukult difficulty=difukultE
        disposition=dispuziSun do=dU doctor=doktur does=duz doing=dUiN done=dun door=dor doubt=dWt down=dWn draw=dro
        drawing=droiN dreadful=dredful dream=drEm dreams=drEmz drink=driNk drive=drIv driving=drIviN drops=drops
        duck=duk due=dU during=duriN duty=dUtE each=EC ear=Er early=urlE earth=urT easy=EzE eat=Et effect=ifekt
        eight=At eighteen=AtEn either=ETur else=els end=end ends=endz english=iNgliS enjoy=enjJ enough=inuf
        entered=enturd entire=intIur especially=uspeSlE even=Evin evening=EvniN events=ivents ever=evur every=evurE
        everybody=evrEbodE everyone=evrEwun everything=evrETiN except=iksept excited=iksItud expect=ikspekt
        expected=ikspektud extraordinary=ekstruordunerE eye=I eyes=Iz face=fAs fact=fakt failure=fAlyur fair=fer
        faith=fAT fall=fol falling=foliN falls=folz families=famulEz family=famulE fan=fan far=for farm=form fat=fat
        father=foTur fear=fir feel=fEl feeling=fEliN feels=fElz feet=fEt few=fyU field=fEld fields=fEldz
        fifteen=fiftEn fifty=fiftE fight=fIt fighting=fItiN filled=fild final=fInul find=fInd fine=fIn
        finished=finiSt fire=fIur first=furst fish=fiS fit=fit five=fIv floor=flor flying=flIiN followed=folOd
        following=folOiN food=fUd foot=fut for=for forget=furget form=form forty=fortE forward=forwurd found=fWnd
        four=for fourteen=fortEn free=frE french=frenC fresh=freS friday=frIdE friend=frend friends=frendz
        friendship=frendSip from=frum front=frunt full=ful fun=fun further=furTur future=fyUCur game=gAm games=gAmz
        garden=gordun gave=gAv general=jenurul generally=jenurulE gentle=jentul get=get getting=getiN girl=gurl
        girls=gurlz give=giv given=givun gives=givz giving=giviN glad=glad glass=glas gloves=gluvz go=gO goat=gOt
        god=god gods=godz goes=gOz going=gOiN gold=gOld golf=golf gone=gon good=gud goose=gUs got=got
        government=guvurmunt grave=grAv great=grAt greatly=grAtlE green=grEn grew=grU ground=grWnd grow=grO
        guess=ges had=had hair=her half=haf hamburger=hamburgur hand=hand hands=handz hanging=haNiN happen=hapun
        happened=hapund happens=hapunz happiness=hapEnus happy=hapE hard=hord hardly=hordlE has=haz hat=hat have=hav
        having=haviN he=hE head=hed heads=hedz hear=hEr heard=hurd heart=hort heaven=hevun held=held help=help
        her=hur here=hEr high=hI him=him himself=himself his=hiz hit=hit hold=hOld home=hOm hope=hOp hoped=hOpt
        horizon=hurIzun horse=hors hospital=hospitul hot=hot hour=Wur hours=Wurz houses=hWsuz how=hW however=hWevur
        human=hyUmun hundred=hundrud hurt=hurt idea=IdEu ideas=IdEuz if=if ill=il importance=importuns
        important=importunt imposition=impuziSun in=in increases=inkrEsuz indeed=indEd influence=inflUuns
        interest=intrust interesting=intrustiN into=intU is=iz it=it its=its itself=itself jack=jak jacket=jakut
        japan=jupan jeans=jEnz job=job john=jon jump=jump jumped=jumpt june=jUn just=just keep=kEp killed=kild
        kind=kInd kindness=kIndnus king=kiN knew=nU know=nO known=nOn knows=nOz lady=lAdE land=land large=lorj
        last=last late=lAt later=lAtur law=lo lay=lA learn=lurn learned=lurnd least=lEst leave=lEv left=left
        length=leNkT less=les let=let letter=letur life=lIf light=lIt like=lIk liked=lIkt likes=lIks line=lIn
        lips=lips listen=lisun listening=lisuniN little=litul live=lIv lived=livd lives=livz living=liviN
        london=lundun long=loN longer=loNgur look=luk looked=lukt looking=lukiN looks=luks lord=lord lose=lUz
        lost=lost lot=lot love=luv loved=luvd lovely=luvlE loves=luvz low=lO luck=luk lucy=lUsE made=mAd
        mainly=mAnlE make=mAk makes=mAks making=mAkiN man=man manner=manur many=menE march=morC mark=mork marry=merE
        mary=merE master=mastur matter=matur may=mA maybe=mAbE me=mE mean=mEn means=mEnz meat=mEt meet=mEt men=men
        mere=mir middle=midul midst=midst might=mIt mike=mIk mind=mInd mine=mIn miss=mis missed=mist mister=mistur
        mixed=mikst moment=mOmunt money=munE monkey=muNkE month=munT months=munTs moon=mUn more=mor morning=morniN
        most=mOst mother=muTur motion=mOSun mountain=mWntun mountains=mWntunz mouth=mWT move=mUv movie=mUvE
        moving=mUviN much=muC mushroom=muSrUm music=myUzik must=must my=mI myself=mIself name=nAm nation=nASun
        nature=nACur near=nir nearly=nirlE necessary=nesuserE need=nEd needs=nEdz neither=nETur never=nevur new=nU
        news=nUz next=nekst nice=nIs night=nIt nine=nIn nineteen=nIntEn ninety=nIntE no=nO none=nun noodles=nUdulz
        nor=nor norsemen=norsmin not=not nothing=nuTiN now=nW number=numbur nurse=nurs obliged=ublIjd
        observed=ubzurvd occasion=ukASun occurred=ukurd of=uv off=of offer=ofur office=ofis often=ofun oh=O old=Old
        on=on once=wuns one=wun ones=wunz only=OnlE open=Opun opened=Opund opinion=upinyun or=or order=ordur
        other=uTur others=uTurz ought=ot our=Wur out=Wt over=Ovur own=On pain=pAn paint=pAnt pants=pants paper=pApur
        parents=perunts park=pork part=port parts=ports party=portE pass=pas passage=pasuj passed=past passion=paSun
        past=past path=paT pay=pA pea=pE peace=pEs peas=pEz pen=pen people=pEpul perfect=purfekt perhaps=purhaps
        period=pirEud person=pursun pet=pet peter=pEtur phone=fOn physicists=fizisists picture=pikCur place=plAs
        places=plAsuz plan=plan plane=plAn play=plA player=plAur players=plAurz pleasant=plezunt please=plEz
        pleased=plEzd pleasure=pleSur point=pJnt police=pulEs poor=pUr pork=pork portion=porSun position=puziSun
        possible=posubul post=pOst pot=pot potato=putAtO power=pWur powerful=pWurful prepared=prEperd
        present=prezunt preserved=pruzurvd pressure=preSur pretty=pritE pride=prId primary=prImerE probably=probublE
        problem=problum property=propurtE proud=prWd public=publik purpose=purpus put=put quarter=kwortur queen=kwEn
        question=kwesCun questions=kwesCunz quiet=kwIut quite=kwIt race=rAs racing=rAsiN rainbow=rAnbO
        rainbows=rAnbOz raindrops=rAndrops ran=ran rather=raTur reach=rEC reached=rECt read=red ready=redE real=rEl
        really=rilE reason=rEzun received=rusEvd red=red reflection=riflekSun remained=rimAnd remember=rimembur
        respect=rispekt rest=rest result=rizult return=riturn returned=riturnd returning=riturniN rice=rIs rich=riC
        ride=rId right=rIt rise=rIz risk=risk road=rOd rock=rok room=rUm rose=rOz round=rWnd run=run running=runiN
        runs=runz sad=sad safe=sAf said=sed same=sAm sand=sand sandy=sandE saturday=saturdE saved=sAvd saw=so say=sA
        says=sez school=skUl science=sIuns sea=sE season=sEzun second=sekund see=sE seeing=sEiN seek=sEk seem=sEm
        seemed=sEmd seems=sEmz seen=sEn sense=sens series=sirEz serious=sirEus service=survus set=set seven=sevun
        seventeen=sevuntEn several=sevrul shall=Sal shame=SAm shape=SAp she=SE sheep=SEp ship=Sip shirt=Surt
        shoes=SUz shop=Sop shore=Sor short=Sort shorts=Sorts should=Sud shoulder=SOldur show=SO showed=SOd
        showing=SOiN side=sId sides=sIdz sight=sIt silence=sIluns simple=simpul since=sins single=siNgul sir=sur
        sister=sistur sit=sit situation=siCUASun six=siks sixteen=sikstEn sixth=siksT sixty=sikstE size=sIz sky=skI
        slabs=slabz sleep=slEp slow=slO small=smol smells=smelz smile=smIl smiled=smIld snack=snak snow=snO so=sO
        society=susIutE socks=soks some=sum somebody=sumbodE someone=sumwun something=sumTiN sometimes=sumtImz
        son=sun song=soN soon=sUn sorry=sorE sort=sort space=spAs speak=spEk speaking=spEkiN special=speSul
        spirit=spirut spoons=spUnz spring=spriN stand=stand start=stort started=stortid state=stAt states=stAts
        stay=stA step=step still=stil stood=stud stop=stop story=storE strange=strAnj stream=strEm street=strEt
        strong=stroN student=stUdunt study=studE such=suC summer=sumur sunday=sundA supposed=supOzd sure=Sur
        surely=SurlE sweater=swetur system=sistum table=tAbul take=tAk taken=tAkun talk=tok talked=tokt
        talking=tokiN tea=tE tell=tel ten=ten tennis=tenus terrible=terubul than=Tan thank=TaNk thanks=TaNks
        that=Tat the=Tu thee=TE their=Ter them=Tem themselves=Temselvz then=Ten there=Ter therefore=Terfor these=TEz
        they=TA thick=Tik thing=TiN things=TiNz think=TiNk third=Turd thirty=TurdE this=Tis those=TOz thou=TW
        though=TO thought=Tot thousand=TWzund three=TrE through=TrU thus=Tus tiger=tIgur till=til time=tIm to=tU
        today=tudA together=tugeTur told=tOld tom=tom tomorrow=tumorO tonight=tunIt too=tU took=tuk top=top town=tWn
        train=trAn tried=trId troops=trUps true=trU trust=trust truth=trUT try=trI trying=trIiN turn=turn
        turned=turnd twelve=twelv twenty=twentE two=tU type=tIp under=undur understand=undurstand united=yUnItid
        until=until up=up upon=upon us=us use=yUs used=yUzd usual=yUSuwul van=van very=verE view=vyU visit=vizit
        voice=vJs wait=wAt waiting=wAtiN wake=wAk walk=wok walked=wokt walking=wokiN wall=wol want=wont
        wanted=wontid wants=wonts war=wor was=woz washed=woSt watch=woC water=wotur way=wA we=wE wednesday=wenzdE
        week=wEk weekend=wEkend weeks=wEks welcome=welkum well=wel went=went were=wur west=west what=wut
        whatever=wutevur when=wen where=wer which=wiC while=wIl white=wIt who=hU whole=hOl whose=hUz why=wI wide=wId
        will=wil win=win window=windO winter=wintur wish=wiS wished=wiSt with=wiT within=wiTin without=wiTWt
        woman=wumun wonder=wundur wonderful=wundurful word=wurd words=wurdz work=wurk working=wurkiN world=wurld
        worse=wurs would=wud wrong=roN year=yir years=yirz yellow=yelO yes=yes yet=yet you=yU young=yuN your=yor
        yourself=yurself zero=zirO
    """.split()  # noqa: SIM905 - a table of words reads best as text
)
"""The thousand words that most speakers say in the sentences that the built-in ear was trained on (docs/model-log.md),
and how the ear's dictionary has each of them said, in the letters of ``sounds``: spelling misleads too often."""


def everyday_words(phrases: Iterable[str]) -> tuple[str, ...]:
    """Those of the everyday words that no phrase holds and that are farther than one sound from every single word.

    A word within one sound of "yes" would be heard for a "yes" too often.
    """
    said = list(phrases)
    held = {word for phrase in said for word in phrase.split()}
    near: dict[str, list[str]] = {}
    for single in {sounds(phrase) for phrase in said if " " not in phrase}:
        for part in _shortened(single):
            near.setdefault(part, []).append(single)

    def is_far(row: str) -> bool:
        return not any(within_one(row, single) for part in _shortened(row) for single in near.get(part, ()))

    return tuple(word for word, row in EVERYDAY.items() if word not in held and is_far(row))


def _shortened(row: str) -> set[str]:
    """A row of sounds, and the same without one of them: two rows within one sound of each other share one of these."""
    return {row, *(row[:at] + row[at + 1 :] for at in range(len(row)))}
